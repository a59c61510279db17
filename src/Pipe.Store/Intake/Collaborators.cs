using System.Globalization;
using System.Text;
using Pipe.Store.People;
using Pipe.Tickets.People;

namespace Pipe.Store.Intake;

/// <summary>Puts people on a ticket beside its owner.</summary>
internal sealed class Collaborators(IntakeContext context, UserDirectory users, EventLog events)
{
    private const string FindSql = "SELECT user_id FROM $thread_collaborator WHERE thread_id = @thread";

    private const string ExistsSql = "SELECT 1 FROM $thread_collaborator WHERE thread_id = @thread AND user_id = @user";

    private const string InsertSql = "INSERT INTO $thread_collaborator (flags, thread_id, user_id, role, created, updated) VALUES ";

    private const int MaxRowsPerStatement = 500;

    private const string AgentAddressesSql = "SELECT email FROM $staff WHERE email <> ''";

    private const int ActiveCc = 3;
    private const int InactiveCc = 2;

    // The width of thread_event.data.
    private const int MaxEventData = 1024;

    public bool Contains(long threadId, long userId) =>
        context.Session.Scalar(ExistsSql, ("thread", threadId), ("user", userId)) is not null;

    /// <summary>Adds a known user who wrote to a ticket of somebody else.</summary>
    public void AddPoster(TicketState ticket, KnownUser user)
    {
        Insert(ticket.ThreadId, [(user.Id, ActiveCc)]);
        events.Write("collab", ticket, "{" + Added([(user.Id, user.Name, null)]) + "}");
    }

    /// <summary>Adds those members of the owner's organisation who see each other's tickets.</summary>
    public void AddOrganization(TicketState ticket, Organization organization, OrganizationDirectory organizations)
    {
        if (!organization.SharesWithAllMembers && !organization.SharesWithPrimaryContacts)
            return;
        foreach (var (id, name) in organizations.SharingMembers(organization))
        {
            if (id == ticket.UserId)
                continue;
            Insert(ticket.ThreadId, [(id, ActiveCc)]);
            events.Write("collab", ticket, "{" + Added([(id, name, null)]) + "}");
        }

        events.Write("collab", ticket, string.Create(CultureInfo.InvariantCulture, $"{{\"org\":{organization.Id}}}"));
    }

    /// <summary>Adds the people in To and Cc, new users among them.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="posterId">The user who wrote the message, and so added them.</param>
    public void AddAddressees(TicketState ticket, long posterId)
    {
        // As osTicket does, only people with ASCII addresses are added.
        var people = context.Routing.People.Where(
            person => !person.IsDeliveredTo && Ascii.IsValid(person.Address) && AddressSyntax.IsValid(person.Address)).ToList();
        if (people.Count == 0 || context.Routing.MailboxId is null || !context.Settings.IsOn("add_email_collabs", missing: true))
            return;

        var present = Present(ticket.ThreadId);
        present.Add(ticket.UserId);
        var agents = context.Settings.IsOn("disable_agent_collabs") ? AgentAddresses() : null;
        var added = new List<(long Id, string Name, string? Source)>();
        users.LookUp(people.Select(person => person.Address));
        people.RemoveAll(person => users.IsTaken(person.Address));
        users.CreateAddressees(people.Select(person => (person.Address, person.Name)));
        var collaborators = new List<(long UserId, int Flags)>();
        foreach (var person in people)
        {
            var user = users.FindOrCreateAddressee(person.Address, person.Name);
            if (!present.Add(user.Id))
                continue;
            bool isAgent = agents is not null && user.DefaultAddress is { } address && agents.Contains(address);
            collaborators.Add((user.Id, isAgent ? InactiveCc : ActiveCc));
            added.Add((user.Id, user.Name, person.Source));
        }

        Insert(ticket.ThreadId, collaborators);
        foreach (string data in Batches(added))
            events.Write("collab", ticket, data, userId: posterId == 0 ? null : posterId);
    }

    private void Insert(long threadId, List<(long UserId, int Flags)> collaborators)
    {
        foreach (var batch in collaborators.Chunk(MaxRowsPerStatement))
        {
            var sql = new StringBuilder(InsertSql);
            for (int i = 0; i < batch.Length; i++)
                sql.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"({batch[i].Flags}, @thread, {batch[i].UserId}, 'M', @now, @now)");
            context.Session.Execute(sql.ToString(), ("thread", threadId), ("now", context.Clock.Timestamp));
        }
    }

    private HashSet<long> Present(long threadId)
    {
        var present = new HashSet<long>();
        using var rows = context.Session.Query(FindSql, ("thread", threadId));
        while (rows.Read())
            present.Add(rows.Long(0));
        return present;
    }

    private HashSet<string> AgentAddresses()
    {
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var rows = context.Session.Query(AgentAddressesSql);
        while (rows.Read())
            addresses.Add(rows.Text(0));
        return addresses;
    }

    // As many people to an event as its column holds.
    private static IEnumerable<string> Batches(List<(long Id, string Name, string? Source)> added)
    {
        var batch = new List<(long Id, string Name, string? Source)>();
        foreach (var person in added)
        {
            batch.Add(person);
            if (batch.Count > 1 && Added(batch).Length + 2 > MaxEventData)
            {
                batch.RemoveAt(batch.Count - 1);
                yield return "{" + Added(batch) + "}";
                batch = [person];
            }
        }

        if (batch.Count > 0)
            yield return "{" + Added(batch) + "}";
    }

    private static string Added(List<(long Id, string Name, string? Source)> people)
    {
        var json = new StringBuilder("\"add\":{");
        for (int i = 0; i < people.Count; i++)
        {
            json.Append(i == 0 ? "" : ",").Append('"').Append(people[i].Id.ToString(CultureInfo.InvariantCulture)).Append("\":{\"name\":");
            PhpJson.AppendString(json, people[i].Name);
            if (people[i].Source is { } source)
            {
                json.Append(",\"src\":");
                PhpJson.AppendString(json, source);
            }

            json.Append('}');
        }

        return json.Append('}').ToString();
    }
}
