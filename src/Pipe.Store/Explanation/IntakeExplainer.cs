using System.Data.Common;
using Microsoft.Data.Sqlite;
using Pipe.Store.Intake;
using Pipe.Store.Notifications;
using Pipe.Store.People;
using Pipe.Store.Settings;
using Pipe.Tickets.People;

namespace Pipe.Store.Explanation;

/// <summary>Says what a ticket store would do with a message, by doing it in a transaction that is undone.</summary>
public sealed class IntakeExplainer
{
    private const string TicketSql = """
        SELECT t.ticket_id, u.address, d.name, ht.topic, s.name, p.priority_desc
          FROM $ticket t
          LEFT JOIN $user us ON us.id = t.user_id LEFT JOIN $user_email u ON u.id = us.default_email_id
          LEFT JOIN $department d ON d.id = t.dept_id
          LEFT JOIN $help_topic ht ON ht.topic_id = t.topic_id
          LEFT JOIN $ticket_status s ON s.id = t.status_id
          LEFT JOIN $ticket__cdata c ON c.ticket_id = t.ticket_id
          LEFT JOIN $ticket_priority p ON CAST(p.priority_id AS CHAR) = c.priority
         WHERE t.number = @number
        """;

    private const string CollaboratorsSql = """
        SELECT u.address FROM $thread th JOIN $thread_collaborator c ON c.thread_id = th.id
          JOIN $user us ON us.id = c.user_id JOIN $user_email u ON u.id = us.default_email_id
         WHERE th.object_type = 'T' AND th.object_id = @ticket ORDER BY c.id
        """;

    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;

    /// <summary>Uses a database that exists.</summary>
    /// <param name="connect">Makes one connection per call, open or not; it is disposed after use.</param>
    /// <param name="dialect">The kind of database that <paramref name="connect"/> leads to.</param>
    /// <param name="options">Table prefix, secret, limits.</param>
    public IntakeExplainer(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Uses an SQLite file. Where there is none yet, an empty store in memory stands for it.</summary>
    public static IntakeExplainer OpenSqlite(string path, StoreOptions options) => File.Exists(path)
        ? new(SqliteStoreFile.Connector(path, options with { CreateIfMissing = false }), StoreDialect.Sqlite, options with { CreateIfMissing = false })
        : new(
            () =>
            {
                SQLitePCL.Batteries_V2.Init();
                return new SqliteConnection("Data Source=:memory:");
            },
            StoreDialect.Sqlite,
            options);

    /// <summary>Explains one message. Nothing of it stays in the store; others who write to the same store wait meanwhile.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    /// <exception cref="DbException">The store cannot be used.</exception>
    public IntakeExplanation Explain(DeliveryContext context, CancellationToken cancellationToken = default)
    {
        using var session = StoreSession.Open(_connect, _dialect, _options, cancellationToken);
        var helpDesk = HelpDesk.Load(session);
        var mail = InboundMailReader.Read(context.Message, helpDesk.Settings.MailOptions, context.Trace, cancellationToken);
        bool canTry = BeginTrial(session);
        var intake = new IntakeContext(session, helpDesk, _dialect.LockMessage(session, mail.MessageId), mail, context);
        var users = new UserDirectory(intake, new OrganizationDirectory(intake));
        var keys = new ThreadKeys(intake, users).Examine();
        var filters = keys.Any(key => key.Matched) ? null : new FilterRun(intake, users).Run(intake.Sender ?? UnknownSender.Author);

        var result = canTry ? new MailIntake(intake).Run() : null;
        return new IntakeExplanation
        {
            Mail = mail,
            Sender = intake.Sender,
            Mailbox = intake.Mailbox?.Mailbox.Address,
            MailboxReason = WhyMailbox(intake, context.Envelope),
            Keys = keys,
            Filters = filters?.Matched.Select(filter => filter.Name).ToList() ?? [],
            RejectedBy = filters?.RejectedBy,
            Result = result,
            Ticket = result is DeliveryResult.Stored stored ? ReadTicket(session, stored.TicketNumber) : null,
            Mails = NotificationStage.Preview(intake),
        };
    }

    // What a table without transactions is given, it would keep.
    private bool BeginTrial(StoreSession session)
    {
        if (TransactionlessTables.Count(session) > 0)
            return false;
        if (!ReferenceEquals(_dialect, StoreDialect.Sqlite))
            session.Execute("SET autocommit = 0");
        return true;
    }

    private static string WhyMailbox(IntakeContext intake, Envelope envelope)
    {
        if (intake.Mailbox is null)
            return "the help desk has no default mailbox";
        if (intake.Routing.MailboxId is not null)
            return "the header names it (To, Cc or Delivered-To)";
        return intake.EnvelopeMailbox is not null
            ? $"the header does not name one of our mailboxes, but the envelope recipient {envelope.Recipient} does"
            : "neither header nor envelope name one of our mailboxes, so the default one is taken";
    }

    private static PlannedTicket? ReadTicket(StoreSession session, string number)
    {
        long id;
        PlannedTicket ticket;
        using (var rows = session.Query(TicketSql, ("number", number)))
        {
            if (!rows.Read())
                return null;
            id = rows.Long(0);
            ticket = new PlannedTicket
            {
                Number = number,
                Owner = rows.Text(1),
                Department = rows.Text(2),
                Topic = rows.Text(3),
                Status = rows.Text(4),
                Priority = rows.Text(5),
                Collaborators = [],
            };
        }

        var collaborators = new List<string>();
        using var people = session.Query(CollaboratorsSql, ("ticket", id));
        while (people.Read())
            collaborators.Add(people.Text(0));
        return ticket with { Collaborators = collaborators };
    }
}
