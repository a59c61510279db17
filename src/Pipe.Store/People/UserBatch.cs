using System.Globalization;
using System.Text;
using Pipe.Store.Intake;

namespace Pipe.Store.People;

/// <summary>Creates many users with few statements: a mail may have thousands of addressees.</summary>
/// <remarks>The rows are those that one user after the other would get, with the same ids.</remarks>
internal sealed class UserBatch(IntakeContext context, OrganizationDirectory organizations)
{
    /// <summary>How many users a statement makes at most.</summary>
    public const int MaxUsers = 200;

    private const string InsertAddressesSql = "INSERT INTO $user_email (user_id, flags, address) VALUES ";

    private const string InsertUsersSql = "INSERT INTO $user (org_id, default_email_id, status, name, created, updated) VALUES ";

    private const string AddressesSql = "SELECT id, address FROM $user_email WHERE address IN (";

    private const string LastUserSql = "SELECT COALESCE(MAX(id), 0) FROM $user";

    private const string UsersSql = "SELECT default_email_id, id FROM $user WHERE id > @last AND default_email_id IN (";

    private readonly ContactFormWriter _contactForms = new(context);

    /// <summary>Creates users whose addresses nobody has yet, at most <see cref="MaxUsers"/>.</summary>
    /// <param name="users">The users; no address twice.</param>
    /// <param name="orphans">Addresses whose rows are there and belong to nobody.</param>
    public List<KnownUser> Create(IReadOnlyList<NewUser> users, IReadOnlyDictionary<string, long> orphans)
    {
        var addressIds = Addresses(users, orphans);
        long last = Convert.ToInt64(context.Session.Scalar(LastUserSql), CultureInfo.InvariantCulture);
        var created = new List<KnownUser>(users.Count);
        InsertUsers(users, addressIds);
        var userIds = UserIds(addressIds, last);
        for (int i = 0; i < users.Count; i++)
        {
            int organization = organizations.FindByDomain(users[i].Address)?.Id ?? 0;
            created.Add(new KnownUser(userIds[addressIds[i]], users[i].Name, organization, users[i].Address, HasContactForm: true));
        }

        ClaimAddresses(created, addressIds);
        _contactForms.WriteAll(created);
        foreach (var user in created)
            context.Search.AddUser(user.Id, user.Name, user.DefaultAddress ?? "");
        return created;
    }

    private long[] Addresses(IReadOnlyList<NewUser> users, IReadOnlyDictionary<string, long> orphans)
    {
        var ids = new Dictionary<string, long>(orphans, StringComparer.OrdinalIgnoreCase);
        var absent = new List<string>();
        foreach (var user in users)
        {
            if (!ids.ContainsKey(user.Address.TrimEnd()))
                absent.Add(user.Address);
        }

        if (absent.Count > 0)
        {
            context.Session.Execute(InsertAddressesSql + SqlList.Rows("(0, 0, @a#)", absent.Count), SqlList.Arguments("a", absent));
            using var rows = context.Session.Query(AddressesSql + SqlList.Names("a", absent.Count) + ")", SqlList.Arguments("a", absent));
            while (rows.Read())
                ids[rows.Text(1).TrimEnd()] = rows.Long(0);
        }

        return [.. users.Select(user => ids[user.Address.TrimEnd()])];
    }

    private void InsertUsers(IReadOnlyList<NewUser> users, long[] addressIds)
    {
        var arguments = new List<SqlArgument>((users.Count * 3) + 1) { new("now", context.Clock.Timestamp) };
        for (int i = 0; i < users.Count; i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            arguments.Add(new("o" + number, organizations.FindByDomain(users[i].Address)?.Id ?? 0));
            arguments.Add(new("a" + number, addressIds[i]));
            arguments.Add(new("n" + number, users[i].Name));
        }

        context.Session.Execute(InsertUsersSql + SqlList.Rows("(@o#, @a#, 0, @n#, @now, @now)", users.Count), [.. arguments]);
    }

    private Dictionary<long, long> UserIds(long[] addressIds, long last)
    {
        var ids = new Dictionary<long, long>();
        SqlArgument[] arguments = [new("last", last), .. SqlList.Arguments("a", addressIds)];
        using var rows = context.Session.Query(UsersSql + SqlList.Names("a", addressIds.Length) + ")", arguments);
        while (rows.Read())
            ids[rows.Long(0)] = rows.Long(1);
        return ids;
    }

    // Both are numbers of our own.
    private void ClaimAddresses(List<KnownUser> users, long[] addressIds)
    {
        var sql = new StringBuilder("UPDATE $user_email SET user_id = CASE id");
        for (int i = 0; i < addressIds.Length; i++)
            sql.Append(CultureInfo.InvariantCulture, $" WHEN {addressIds[i]} THEN {users[i].Id}");
        sql.Append(" END WHERE id IN (").AppendJoin(',', addressIds).Append(')');
        context.Session.Execute(sql.ToString());
    }
}
