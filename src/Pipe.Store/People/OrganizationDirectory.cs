using Pipe.Store.Intake;

namespace Pipe.Store.People;

/// <summary>Finds organisations.</summary>
internal sealed class OrganizationDirectory(IntakeContext context)
{
    private const string ByIdSql = """
        SELECT o.id, o.name, o.status, o.manager, o.domain,
               EXISTS (SELECT 1 FROM $form_entry f WHERE f.object_type = 'O' AND f.object_id = o.id)
          FROM $organization o WHERE o.id = @id
        """;

    private const string MembersSql = "SELECT id, name, status FROM $user WHERE org_id = @organization ORDER BY id";

    private const int PrimaryContact = 1;

    public Organization? Find(int id)
    {
        if (id == 0)
            return null;
        using var rows = context.Session.Query(ByIdSql, ("id", id));
        return rows.Read() ? Organization.Read(rows) : null;
    }

    /// <summary>The organisation that an address belongs to by its domain, or <c>null</c>.</summary>
    /// <remarks>An organisation lists domains by commas; one that starts with "." stands for all domains below it.</remarks>
    public Organization? FindByDomain(string address)
    {
        string domain = address[(address.LastIndexOf('@') + 1)..];
        if (domain.Length == 0)
            return null;
        foreach (var (domains, organization) in context.Catalog.OrganizationsByDomain)
        {
            if (Covers(domains, domain))
                return organization;
        }

        return null;
    }

    /// <summary>The members who see each other's tickets by the organisation's settings, as id and name.</summary>
    public List<(long Id, string Name)> SharingMembers(Organization organization)
    {
        var members = new List<(long Id, string Name)>();
        using var rows = context.Session.Query(MembersSql, ("organization", organization.Id));
        while (rows.Read())
        {
            if (organization.SharesWithAllMembers || (rows.Int(2) & PrimaryContact) != 0)
                members.Add((rows.Long(0), rows.Text(1)));
        }

        return members;
    }

    private static bool Covers(string domains, string domain)
    {
        foreach (string element in domains.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (string.Equals(element, domain, StringComparison.OrdinalIgnoreCase)
                || (element[0] == '.' && domain.EndsWith(element, StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }
}
