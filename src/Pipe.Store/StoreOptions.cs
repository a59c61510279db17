using System.Data.Common;
using Pipe.Store.Notifications;

namespace Pipe.Store;

/// <summary>What a ticket store has to know beyond its connection.</summary>
public sealed record StoreOptions
{
    /// <summary>What every table name begins with. Letters, digits and underscores; may be empty. "ost_" by default.</summary>
    public string TablePrefix { get; init; } = "ost_";

    /// <summary>
    /// The secret that signs the Message-IDs of outgoing mail (osTicket's <c>SECRET_SALT</c>). An embedded store that is created
    /// without one draws its own and keeps it.
    /// </summary>
    public string? SecretSalt { get; init; }

    /// <summary>The system mailbox of an embedded store that is created; ignored by every other store.</summary>
    public Correspondent? SystemEmail { get; init; }

    /// <summary>The name of the first department of an embedded store that is created.</summary>
    public string DepartmentName { get; init; } = "Support";

    /// <summary>Whether an embedded store that does not exist is created. True by default.</summary>
    public bool CreateIfMissing { get; init; } = true;

    /// <summary>How long to wait for others who write: the database's locks and those of the same message. 30 seconds by default.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one statement may take. 60 seconds by default.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a delivery starts anew after a deadlock or a lost race. 8 times by default.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The mails that follow from what is stored; <c>null</c> for none at all.</summary>
    public NotificationOptions? Notifications { get; init; }

    /// <summary>Is told of the SMTP accounts with the message that causes mail, so that nobody has to connect again for them.</summary>
    public MailAccounts? MailAccounts { get; init; }

    /// <summary>
    /// Names the file in which a large MySQL or MariaDB help desk's free ticket numbers may be kept from one delivery to the next; asked
    /// only when a ticket is opened. <c>null</c>, or a <c>null</c> from it, for no such file.
    /// </summary>
    public Func<string?>? FreeNumbersFile { get; init; }

    /// <summary>
    /// Reads the id that an executed INSERT was given, where the provider knows it without asking the server again (for MySqlConnector
    /// <c>command => ((MySqlCommand)command).LastInsertedId</c>); <c>null</c> asks the server.
    /// </summary>
    public Func<DbCommand, long>? LastInsertedId { get; init; }

    /// <summary>
    /// Is told of an error that ended a delivery before its commit, and says whether a new connection leads to another server, which may
    /// not have it; <c>null</c> where there is one server only.
    /// </summary>
    public Func<DbException, bool>? TryOtherServer { get; init; }
}
