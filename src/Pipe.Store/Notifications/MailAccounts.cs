using System.Data.Common;
using System.Globalization;
using System.Net;

namespace Pipe.Store.Notifications;

/// <summary>The SMTP accounts that the help desk's mailboxes send through (table <c>email_account</c>).</summary>
/// <remarks>Read once: with the message that causes the mail, or when a later run asks for them.</remarks>
public sealed class MailAccounts
{
    internal const string AccountsSql = """
        SELECT a.id, a.email_id, e.email, a.auth_bk, a.auth_id, a.host, a.port, a.allow_spoofing
          FROM $email_account a LEFT JOIN $email e ON e.email_id = a.email_id WHERE a.type = 'smtp' AND a.active = 1 ORDER BY a.id
        """;

    private const string CredentialsSql = """
        SELECT namespace, `key`, value FROM $config WHERE namespace LIKE 'email.%' AND `key` IN ('username', 'passwd');
        SELECT id, email_id FROM $email_account WHERE type = 'mailbox';
        SELECT value FROM $config WHERE namespace = 'core' AND `key` = 'default_smtp_id'
        """;

    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;
    private readonly Dictionary<int, List<SmtpAccount>> _byMailbox = [];
    private readonly Dictionary<string, string> _credentials = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _mailboxAccounts = [];
    private readonly List<AccountRow> _rows = [];
    private readonly Dictionary<int, int> _mailboxes = [];
    private SmtpAccount? _default;
    private bool _isLoaded;

    /// <summary>Reads from a database that exists, if and when accounts are asked for.</summary>
    public MailAccounts(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Is told of accounts that cannot be used, in a sentence for the log; <c>null</c> for nobody.</summary>
    public Action<string>? OnUnusable { get; init; }

    /// <summary>The accounts for mail from a mailbox, in the order in which they are tried.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public IReadOnlyList<SmtpAccount> For(int mailboxId)
    {
        // Rows without their passwords are those of a message that caused no mail.
        if (!_isLoaded || _rows.Count > 0)
            LoadAnew();
        var accounts = new List<SmtpAccount>(_byMailbox.GetValueOrDefault(mailboxId) ?? []);
        if (_default is not null && !accounts.Contains(_default))
            accounts.Add(_default);
        return accounts;
    }

    /// <summary>The mailbox of an active account; 0 where there is none.</summary>
    internal int MailboxOf(int accountId) => _mailboxes.GetValueOrDefault(accountId);

    /// <summary>Takes the answer to <see cref="AccountsSql"/>, the last of a command, if nothing is known yet.</summary>
    internal void TakeRows(SqlRows rows)
    {
        try
        {
            rows.NextTable();
            if (!_isLoaded)
                Take(rows);
        }
        catch (DbException e) when (_dialect.IsMissingObject(e))
        {
            // Up to osTicket 1.16 the accounts stood in the table of mailboxes, in another form.
            if (!_isLoaded)
                OnUnusable?.Invoke("this version of osTicket keeps its SMTP accounts where they are not read; mail goes to the local mail system");
        }

        _isLoaded = true;
    }

    /// <summary>Reads the passwords, if there are accounts.</summary>
    internal void Complete(StoreSession session)
    {
        if (_rows.Count == 0)
            return;
        int defaultId = ReadCredentials(session);
        foreach (var row in _rows)
        {
            if (ToAccount(row) is not { } account)
                continue;
            if (!_byMailbox.TryGetValue(row.MailboxId, out var accounts))
                _byMailbox[row.MailboxId] = accounts = [];
            accounts.Add(account);
            if (row.Id == defaultId)
                _default = account;
        }

        _rows.Clear();
    }

    private void LoadAnew()
    {
        _isLoaded = true;
        _rows.Clear();
        if (_dialect == StoreDialect.Sqlite)
            return;
        try
        {
            using var session = StoreSession.Open(_connect, _dialect, _options, CancellationToken.None);
            using (var rows = session.Query(AccountsSql))
                Take(rows);
            Complete(session);
        }
        catch (DbException e) when (_dialect.IsMissingObject(e))
        {
            // As above.
        }
        catch (DbException e)
        {
            throw new StoreException("the SMTP accounts cannot be read: " + e.Message, e);
        }
    }

    private void Take(SqlRows rows)
    {
        while (rows.Read())
        {
            _rows.Add(new AccountRow(rows.Int(0), rows.Int(1), rows.Text(2), rows.Text(3), rows.Text(4), rows.Text(5), rows.Int(6), rows.IsOn(7)));
            _mailboxes[rows.Int(0)] = rows.Int(1);
        }
    }

    private int ReadCredentials(StoreSession session)
    {
        using var rows = session.Query(CredentialsSql);
        while (rows.Read())
            _credentials[$"{rows.Text(0)}/{rows.Text(1)}"] = rows.Text(2);
        rows.NextTable();
        while (rows.Read())
            _mailboxAccounts[rows.Int(1)] = rows.Int(0);
        rows.NextTable();
        return rows.Read() ? rows.Int(0) : 0;
    }

    private SmtpAccount? ToAccount(AccountRow row)
    {
        var (host, security) = Server(row);
        var account = new SmtpAccount
        {
            Host = host,
            Port = row.Port,
            Security = security,
            Address = row.AllowsSpoofing ? "" : row.Address,
        };
        switch (row.Authentication)
        {
            case "none":
                return account with { Security = SmtpSecurity.None };
            case "basic" or "mailbox":
                return WithPassword(account, row);
            default:
                bool isOAuth = row.Authentication.StartsWith("oauth", StringComparison.OrdinalIgnoreCase);
                Unusable(row, isOAuth
                    ? "osTicket logs in there with OAuth 2.0, whose tokens only osTicket can renew; to send through it, set smtpHost, smtpUser and smtpTokenFile"
                    : $"its way to log in, \"{row.Authentication}\", is not known here");
                return null;
        }
    }

    private SmtpAccount? WithPassword(SmtpAccount account, AccountRow row)
    {
        int accountId = row.Authentication == "mailbox" ? _mailboxAccounts.GetValueOrDefault(row.MailboxId) : row.Id;
        string space = string.Create(CultureInfo.InvariantCulture, $"email.{row.MailboxId}.account.{accountId}");
        string user = _credentials.GetValueOrDefault($"{space}/username", "");
        string stored = _credentials.GetValueOrDefault($"{space}/passwd", "");
        if (user.Length > 0 && AccountPassword.TryDecrypt(stored, user, space, _options.SecretSalt ?? "", out string password))
            return account with { User = user, Password = password };
        Unusable(row, "its stored password cannot be read with the SECRET_SALT of ost-config.php");
        return null;
    }

    private void Unusable(AccountRow row, string reason) => OnUnusable?.Invoke(string.Create(CultureInfo.InvariantCulture,
        $"mail from {row.Address} goes to the local mail system (sendmail), not through its SMTP account {row.Host}:{row.Port}: {reason}"));

    private static (string Host, SmtpSecurity Security) Server(AccountRow row)
    {
        int scheme = row.Host.IndexOf("://", StringComparison.Ordinal);
        string host = scheme < 0 ? row.Host : row.Host[(scheme + 3)..];
        return (host, (scheme < 0 ? "" : row.Host[..scheme]) switch
        {
            "ssl" => SmtpSecurity.Tls,
            "tls" => SmtpSecurity.StartTls,
            "plain" => SmtpSecurity.None,
            _ => row.Port switch
            {
                465 or 993 or 995 => SmtpSecurity.Tls,
                587 => SmtpSecurity.StartTls,

                // Here osTicket sends passwords in the clear. We do so where nobody is in between, or where "plain://" asks for it.
                _ => row.Authentication == "none" || IsThisMachine(host) ? SmtpSecurity.None : SmtpSecurity.Automatic,
            },
        });
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private sealed record AccountRow(
        int Id, int MailboxId, string Address, string Authentication, string AuthenticationId, string Host, int Port, bool AllowsSpoofing);
}
