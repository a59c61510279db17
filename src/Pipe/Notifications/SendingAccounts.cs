using System.Data.Common;
using Pipe.Configuration;
using Pipe.Store;
using Pipe.Store.Notifications;
using Pipe.Tickets.Notifications;

namespace Pipe.Notifications;

/// <summary>Through which SMTP accounts mail goes: that of our own configuration, else those of the help desk's mailboxes.</summary>
/// <param name="settings">Our settings.</param>
/// <param name="report">Is told what is wrong with an account, in a sentence.</param>
internal sealed class SendingAccounts(Settings settings, Action<string> report)
{
    private MailAccounts? _helpDesk;

    /// <summary>Has the accounts of osTicket's mailboxes used, unless our own configuration names one.</summary>
    /// <returns>The options with those accounts, so that they are read with the ticket.</returns>
    public StoreOptions AddTo(StoreOptions options, Func<DbConnection> connect)
    {
        if (settings.SmtpHost is not null)
            return options;
        _helpDesk = new MailAccounts(connect, StoreDialect.MySql, options) { OnUnusable = report };
        return options with { MailAccounts = _helpDesk };
    }

    /// <summary>The accounts for mail from a mailbox, in the order in which they are tried; the local mail system comes after them.</summary>
    // The account of our own configuration goes before those of the help desk: whoever sets it wants it used.
    public IReadOnlyList<SmtpAccount> For(int mailboxId)
    {
        if (SmtpSettings.Read(settings, out string? error) is { } account)
            return [account];
        if (error is not null)
            report(error);

        try
        {
            return _helpDesk?.For(mailboxId) ?? [];
        }
        catch (StoreException e)
        {
            report(e.Message);
            return [];
        }
    }
}
