using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pipe.Store.Tests;

/// <summary>A help desk's database of its own for one test, with osTicket's defaults and the mailboxes support@ and sales@acme.test.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The statements are the tests' own.")]
public sealed class StoreUnderTest
{
    public const string Salt = "k3BXsVwPzq7NdYhR5mLcTgJ8fQa2ZuE9";

    private const string Mailboxes = """
        UPDATE ost_department SET name = 'Support' WHERE id = 1;
        INSERT INTO ost_department (id, flags, name, signature, path, created, updated)
            VALUES (2, 4, 'Sales', '', '/2/', '2025-01-01 00:00:00', '2025-01-01 00:00:00');
        INSERT INTO ost_email (email_id, priority_id, dept_id, email, name, created, updated)
            VALUES (2, 2, 2, 'sales@acme.test', 'Sales', '2025-01-01 00:00:00', '2025-01-01 00:00:00');
        INSERT INTO ost_staff (staff_id, dept_id, username, firstname, lastname, email, signature, created, updated)
            VALUES (1, 1, 'ada', 'Ada', 'Root', 'ada@acme.test', '', '2025-01-01 00:00:00', '2025-01-01 00:00:00');
        INSERT INTO ost_team (team_id, flags, name, created, updated)
            VALUES (1, 1, 'Level I Support', '2025-01-01 00:00:00', '2025-01-01 00:00:00')
        """;

    private static readonly RawMessage Nothing =
        RawMessage.ReadAsync(new MemoryStream("From: a@example.net\n\nx"u8.ToArray()), new RawMessageOptions()).GetAwaiter().GetResult();

    private readonly Func<DbConnection> _connect;

    public StoreUnderTest(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        Store = new TicketStore(connect, dialect, options);
        Archive = new TicketArchive(connect, dialect, options);
        Execute(Mailboxes);
    }

    public static StoreOptions Options => new() { SecretSalt = Salt, SystemEmail = new Correspondent("support@acme.test", "Support") };

    public TicketStore Store { get; }

    public TicketArchive Archive { get; }

    public DeliveryTrace LastTrace { get; private set; } = new();

    public static DeliveryContext Context() => new(Nothing, new Envelope(), new DeliveryTrace());

    public DeliveryResult Deliver(InboundMail mail, Envelope? envelope = null)
    {
        var trace = new DeliveryTrace();
        LastTrace = trace;
        return Store.Deliver(new DeliveryContext(Nothing, envelope ?? new Envelope(), trace), _ => mail, CancellationToken.None);
    }

    public DeliveryResult.Stored Stored(InboundMail mail, Envelope? envelope = null) =>
        Assert.IsType<DeliveryResult.Stored>(Deliver(mail, envelope));

    /// <summary>Delivers a message as it comes from the mail system.</summary>
    public DeliveryResult.Stored Stored(string message) => Assert.IsType<DeliveryResult.Stored>(Deliver(message));

    public DeliveryResult Deliver(string message)
    {
        using var raw = RawMessage.ReadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message)), new RawMessageOptions()).GetAwaiter().GetResult();
        LastTrace = new DeliveryTrace();
        return Store.DeliverAsync(new DeliveryContext(raw, new Envelope(), LastTrace), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The rows of a query, the columns joined by "|", NULL as "-".</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = new string[reader.FieldCount];
            for (int i = 0; i < values.Length; i++)
                values[i] = reader.IsDBNull(i) ? "-" : Text(reader.GetValue(i));
            rows.Add(string.Join('|', values));
        }

        return rows;
    }

    public string Row(string sql) => Assert.Single(Rows(sql));

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Set(string key, string value)
    {
        Execute($"DELETE FROM ost_config WHERE namespace = 'core' AND `key` = '{key}'");
        Execute($"INSERT INTO ost_config (namespace, `key`, value) VALUES ('core', '{key}', '{value}')");
    }

    public void AddFilter(int id, string what, string how, string value, params (string Type, string Configuration)[] actions)
    {
        Execute($"INSERT INTO ost_filter (id, execorder, isactive, target, name, created, updated) VALUES ({id}, {id}, 1, 'Any', 'Filter {id}', '2025-01-01 00:00:00', '2025-01-01 00:00:00')");
        Execute($"INSERT INTO ost_filter_rule (filter_id, what, how, val, isactive, notes, created, updated) VALUES ({id}, '{what}', '{how}', '{value}', 1, '', '2025-01-01 00:00:00', '2025-01-01 00:00:00')");
        foreach (var (type, configuration) in actions)
            Execute($"INSERT INTO ost_filter_action (filter_id, sort, type, configuration, updated) VALUES ({id}, 1, '{type}', '{configuration}', '2025-01-01 00:00:00')");
    }

    private DbConnection Open()
    {
        var connection = _connect();
        if (connection.State == ConnectionState.Closed)
            connection.Open();
        return connection;
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "1" : "0",
        byte[] bytes => Convert.ToHexString(bytes),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
