namespace Pipe.Store.People;

/// <summary>Finds organisations.</summary>
internal sealed class OrganizationDirectory(StoreSession session)
{
    private const string SelectSql = """
        SELECT o.id, o.name, o.status, o.manager, o.domain,
               EXISTS (SELECT 1 FROM $form_entry f WHERE f.object_type = 'O' AND f.object_id = o.id)
          FROM $organization o
        """;

    private const string ByIdSql = SelectSql + " WHERE o.id = @id";

    private const string WithDomainSql = SelectSql + " WHERE o.domain <> '' ORDER BY o.id";

    private const string MembersSql = "SELECT id, name, status FROM $user WHERE org_id = @organization ORDER BY id";

    private const int PrimaryContact = 1;

    private readonly Dictionary<string, Organization?> _byDomain = new(StringComparer.OrdinalIgnoreCase);

    public Organization? Find(int id)
    {
        if (id == 0)
            return null;
        using var rows = session.Query(ByIdSql, ("id", id));
        return rows.Read() ? Read(rows) : null;
    }

    /// <summary>The organisation that an address belongs to by its domain, or <c>null</c>.</summary>
    /// <remarks>An organisation lists domains by commas; one that starts with "." stands for all domains below it.</remarks>
    public Organization? FindByDomain(string address)
    {
        string domain = address[(address.LastIndexOf('@') + 1)..];
        if (domain.Length == 0)
            return null;
        if (_byDomain.TryGetValue(domain, out var known))
            return known;

        Organization? found = null;
        using (var rows = session.Query(WithDomainSql))
        {
            while (found is null && rows.Read())
            {
                if (Covers(rows.Text(4), domain))
                    found = Read(rows);
            }
        }

        return _byDomain[domain] = found;
    }

    /// <summary>The members who see each other's tickets by the organisation's settings, as id and name.</summary>
    public List<(long Id, string Name)> SharingMembers(Organization organization)
    {
        var members = new List<(long Id, string Name)>();
        using var rows = session.Query(MembersSql, ("organization", organization.Id));
        while (rows.Read())
        {
            if (organization.SharesWithAllMembers || (rows.Int(2) & PrimaryContact) != 0)
                members.Add((rows.Long(0), rows.Text(1)));
        }

        return members;
    }

    private static Organization Read(SqlRows rows) => new(rows.Int(0), rows.Text(1), rows.Int(2), rows.Text(3), rows.IsOn(5));

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
