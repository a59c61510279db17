namespace Pipe.Faults.Desks;

/// <summary>An osTicket installation's database on a MariaDB server.</summary>
internal sealed class MariaDbDesk : SqlDesk
{
    public MariaDbDesk(MariaDbServer server, string folder) => Installation = OsTicketInstallation.Create(server, folder);

    public OsTicketInstallation Installation { get; }

    public override void Configure(IDictionary<string, string> environment) => environment["PIPE_OSTICKET"] = Installation.Folder;

    public override IReadOnlyList<string[]> Rows(string sql) =>
        [.. Installation.Execute(sql).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];

    protected override void AssertIntact()
    {
        foreach (string[] table in Rows("SHOW TABLES"))
            Assert.Equal("OK", Rows($"CHECK TABLE `{table[0]}`")[^1][^1]);
    }
}
