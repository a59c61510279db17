using Pipe.Store.Intake;
using Pipe.Tickets.People;

namespace Pipe.Store.People;

/// <summary>Finds the users that a message names, and creates those who are new.</summary>
internal sealed class UserDirectory(IntakeContext context, OrganizationDirectory organizations)
{
    // An address may have lost its user; its row is then given to the new one.
    private const string FindSql = """
        SELECT a.id, a.address, u.id, u.name, u.org_id, d.address,
               EXISTS (SELECT 1 FROM $form_entry f WHERE f.object_type = 'U' AND f.object_id = u.id)
          FROM $user_email a LEFT JOIN $user u ON u.id = a.user_id LEFT JOIN $user_email d ON d.id = u.default_email_id
         WHERE a.address IN (
        """;

    private const string InsertAddressSql = "INSERT INTO $user_email (user_id, flags, address) VALUES (0, 0, @address)";

    private const string InsertUserSql = """
        INSERT INTO $user (org_id, default_email_id, status, name, created, updated) VALUES (@organization, @address, 0, @name, @now, @now)
        """;

    private const string ClaimAddressSql = "UPDATE $user_email SET user_id = @user WHERE id = @address";

    private const string TakenSql = "SELECT 1 FROM $user_email WHERE address = @address";

    private const int LookUpBatch = 500;

    // Below it, one user after the other takes no more statements.
    private const int FewUsers = 4;

    private readonly Dictionary<string, KnownUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _orphans = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _lookedUp = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly ContactFormWriter _contactForms = new(context);

    /// <summary>The user to whom the sender's address belongs, or <c>null</c>.</summary>
    public KnownUser? Author => context.Sender is { } sender ? Find(sender.Address) : null;

    public KnownUser? Find(string address)
    {
        LookUp([address]);
        return _users.GetValueOrDefault(address.TrimEnd());
    }

    /// <summary>Whether the table has another address that it takes for this one, so that nobody can be stored under it.</summary>
    /// <remarks>Tables compare without regard to accents: they cannot hold both "rene@" and "rené@", who are two people.</remarks>
    public bool IsTaken(string address)
    {
        LookUp([address]);
        return _taken.Contains(address.TrimEnd());
    }

    /// <summary>Reads many users with few statements, so that <see cref="Find"/> knows them.</summary>
    public void LookUp(IEnumerable<string> addresses)
    {
        foreach (string[] batch in addresses.Where(address => _lookedUp.Add(address.TrimEnd())).Chunk(LookUpBatch))
        {
            var asked = new HashSet<string>(batch.Select(address => address.TrimEnd()), StringComparer.OrdinalIgnoreCase);
            bool hasOthers = false;
            using var rows = context.Session.Query(FindSql + SqlList.Names("a", batch.Length) + ")", SqlList.Arguments("a", batch));
            while (rows.Read())
            {
                string address = rows.Text(1).TrimEnd();
                hasOthers |= !asked.Contains(address);
                if (rows.IsNull(2))
                    _orphans[address] = rows.Long(0);
                else
                    _users[address] = new KnownUser(rows.Long(2), rows.Text(3), rows.Int(4), rows.TextOrNull(5), rows.IsOn(6));
            }

            rows.Dispose();
            if (hasOthers)
                FindTaken(batch);
        }
    }

    /// <summary>The author of a message, as a new user if need be; or the stand-in, where the table cannot hold the author.</summary>
    public KnownUser FindOrCreateAuthor(Correspondent author)
    {
        if (Find(author.Address) is { } known)
            return known;
        if (!IsTaken(author.Address))
            return Create(author.Address, PersonName.FromAuthor(author));
        context.Trace.Warn($"the database takes {author.Address} for another user's address; a stand-in owns the ticket");
        return FindOrCreateAuthor(UnknownSender.Author);
    }

    /// <summary>Somebody in To or Cc, as a new user if need be.</summary>
    public KnownUser FindOrCreateAddressee(string address, string name) => Find(address) ?? Create(address, PersonName.FromAddressee(address, name));

    /// <summary>Creates those of many people in To and Cc who are new, so that <see cref="FindOrCreateAddressee"/> knows them.</summary>
    public void CreateAddressees(IEnumerable<(string Address, string Name)> people)
    {
        var users = new List<NewUser>();
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (address, name) in people)
        {
            if (Find(address) is null && addresses.Add(address.TrimEnd()))
                users.Add(new NewUser(address, Column.Cut(PersonName.FromAddressee(address, name), Column.UserNameLength)));
        }

        if (users.Count < FewUsers)
            return;
        var batches = new UserBatch(context, organizations);
        foreach (var batch in users.Chunk(UserBatch.MaxUsers))
        {
            foreach (var user in batches.Create(batch, _orphans))
                _users[user.DefaultAddress!.TrimEnd()] = user;
        }
    }

    /// <summary>Gives a user who has never had one an empty contact form.</summary>
    public KnownUser EnsureContactForm(KnownUser user)
    {
        if (user.HasContactForm)
            return user;
        _contactForms.Write(user.Id, isNew: false);
        return user with { HasContactForm = true };
    }

    private void FindTaken(string[] addresses)
    {
        foreach (string address in addresses)
        {
            string key = address.TrimEnd();
            if (!_users.ContainsKey(key) && !_orphans.ContainsKey(key) && context.Session.Scalar(TakenSql, ("address", address)) is not null)
                _taken.Add(key);
        }
    }

    private KnownUser Create(string address, string name)
    {
        if (!_orphans.TryGetValue(address.TrimEnd(), out long addressId))
            addressId = context.Session.Insert(InsertAddressSql, ("address", address));
        name = Column.Cut(name, Column.UserNameLength);
        int organizationId = organizations.FindByDomain(address)?.Id ?? 0;
        long userId = context.Session.Insert(
            InsertUserSql, ("organization", organizationId), ("address", addressId), ("name", name), ("now", context.Clock.Timestamp));
        context.Session.Execute(ClaimAddressSql, ("user", userId), ("address", addressId));
        _contactForms.Write(userId, isNew: true);
        context.Search.AddUser(userId, name, address);

        var user = new KnownUser(userId, name, organizationId, address, HasContactForm: true);
        _users[address.TrimEnd()] = user;
        return user;
    }
}
