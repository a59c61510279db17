using Pipe.Outgoing.Smtp;
using Pipe.Outgoing.Storage;
using Pipe.Tickets.People;

namespace Pipe.Outgoing;

/// <summary>Keeps outgoing mail until it may be sent, and sends it: once, or not at all.</summary>
/// <remarks>
/// A mail is on the disk before the entry it tells of is committed, and is handed over only after. Before it is handed over the disk
/// knows that it may have been; a process that dies at that moment leaves a mail that nobody sends again without being asked. For one
/// thread; any number of processes may share the folder.
/// </remarks>
public sealed class Outbox : IOutbox, IDisposable
{
    private readonly OutboxOptions _options;
    private readonly OutboxFolder _folder;
    private readonly RateGuard _rates;
    private readonly SendmailTransport _sendmail;
    private readonly Dictionary<SmtpAccount, SmtpTransport> _smtp = [];
    private readonly List<MailBatch> _released = [];

    /// <summary>Uses a folder; nothing is touched before mail is kept or looked for.</summary>
    public Outbox(OutboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _folder = new OutboxFolder(options.Folder);
        _rates = new RateGuard(_folder.Rates, options.Clock);
        _sendmail = new SendmailTransport(options.Sendmail, options.SendmailTimeout, _folder.Temporary);
    }

    private DateTimeOffset Now => _options.Clock.GetUtcNow();

    /// <inheritdoc/>
    public IStagedMail Stage(NotificationCause cause, IReadOnlyList<OutgoingMail> mails)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(mails);
        var contents = new (KeptMail, byte[])[mails.Count];
        for (int i = 0; i < mails.Count; i++)
        {
            var mail = mails[i];
            var envelope = new MailEnvelope(AsciiAddress.Of(mail.From.Address), AsciiAddress.Of(mail.Recipient.Address), mail.From.Id);
            contents[i] = (new KeptMail(envelope, mail.Kind.ToString(), mail.Class, mail.MessageId, 0, 0), OutgoingMessage.Compose(mail, Now));
        }

        return new StagedMail(this, _folder.Stage(Now, cause.Mail.MessageId, cause.EntryId, contents));
    }

    /// <summary>Sends what was released through this instance. Failures are reported and kept; nothing is thrown for them.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void SendReleased()
    {
        foreach (var batch in _released)
        {
            using (batch)
            {
                if (!_options.KeepsOnly)
                    Send(batch, attempts: 0);
            }
        }

        _released.Clear();
    }

    /// <summary>Sends what earlier runs could not, as far as its time has come.</summary>
    /// <param name="limit">The most batches to try.</param>
    /// <returns>The number of batches that were tried.</returns>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public int SendDue(int limit)
    {
        int tried = 0;
        IOException? failure = null;
        foreach (var (path, attempts) in _folder.FindDue(Now))
        {
            if (tried == limit)
                break;
            using var batch = Open(path);
            if (batch is null)
                continue;
            tried++;
            try
            {
                Send(batch, attempts);
            }
            catch (IOException e)
            {
                // One that cannot be read does not hold up those behind it.
                failure = e;
            }
        }

        return failure is null ? tried : throw failure;
    }

    /// <summary>Finds out about mails whose process died between writing them and knowing that their entry is committed.</summary>
    /// <param name="isCommitted">Whether the store has the entry of this Message-ID and entry id.</param>
    /// <returns>The number of batches that were released.</returns>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public int Recover(Func<string, long, bool> isCommitted)
    {
        ArgumentNullException.ThrowIfNull(isCommitted);
        int released = 0;
        foreach (string path in _folder.FindStaged())
        {
            using var batch = Open(path);
            if (batch is null)
                continue;
            if (isCommitted(batch.MessageId, batch.EntryId))
            {
                _folder.MakeDue(batch, Now, attempts: 0);
                released++;
            }
            else if (Now - OutboxFolder.WrittenAt(batch) >= _options.CommitLimit)
            {
                batch.Delete();
            }
        }

        _folder.Sweep(Now);
        return released;
    }

    /// <summary>Whether there are mails whose process may have died; a look at one folder.</summary>
    public bool HasStaged => _folder.FindStaged().Count > 0;

    /// <summary>Closes connections; mails that were not sent stay.</summary>
    public void Dispose()
    {
        foreach (var batch in _released)
            batch.Dispose();
        foreach (var transport in _smtp.Values)
            transport.Dispose();
    }

    private static MailBatch? Open(string path)
    {
        try
        {
            return MailBatch.TryOpen(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Nothing of ours wrote it, or another account did, or the disk cannot read it. It stays where it
            // is; whoever put it there may take it away.
            return null;
        }
    }

    private void Send(MailBatch batch, int attempts)
    {
        for (int i = 0; i < batch.Mails.Count; i++)
        {
            if (batch.State(i) == MailState.Sending)
                Settle(batch, i, MailState.Stuck, HandOverOutcome.Uncertain, "the process that was sending it has died");
            else if (batch.State(i) == MailState.Waiting)
                Send(batch, i, attempts + 1);
        }

        if (batch.IsFinished)
            batch.Delete();
        else if (batch.HasWaiting)
            _folder.MakeDue(batch, Now + DelayAfter(attempts + 1), attempts + 1);
        else
            _folder.SetAside(batch);
    }

    private void Send(MailBatch batch, int index, int attempt)
    {
        var mail = batch.Mails[index];
        int limit = mail.Class == MailClass.Autoreply ? _options.AutorepliesPerHour : _options.NoticesPerHour;
        if (attempt == 1 && !_rates.TryTake(mail.Envelope.Recipient, mail.Class, limit))
        {
            Settle(batch, index, MailState.Done, HandOverOutcome.Suppressed, $"{limit} mails within the hour are enough");
            return;
        }

        byte[] content = batch.Content(index);
        batch.Mark(index, MailState.Sending, durably: true);
        try
        {
            string transport = Send(mail.Envelope, content);
            Settle(batch, index, MailState.Done, HandOverOutcome.Sent, transport);
        }
        catch (MailTransportException e) when (e.MayHaveBeenSent)
        {
            Settle(batch, index, MailState.Stuck, HandOverOutcome.Uncertain, e.Message);
        }
        catch (MailTransportException e) when (Now - OutboxFolder.WrittenAt(batch) >= _options.MaxAge)
        {
            Settle(batch, index, MailState.Stuck, HandOverOutcome.GivenUp, e.Message);
        }
        catch (MailTransportException e)
        {
            Settle(batch, index, MailState.Waiting, HandOverOutcome.Failed, e.Message);
        }
    }

    private void Settle(MailBatch batch, int index, MailState state, HandOverOutcome outcome, string detail)
    {
        batch.Mark(index, state, durably: false);
        var mail = batch.Mails[index];
        _options.OnHandOver?.Invoke(new HandOver(outcome, mail.Kind, mail.Envelope.Recipient, mail.MessageId, detail));
    }

    // The accounts of the mailbox in their order, then the local mail system. The first that takes the mail ends it, and so does one
    // that may have taken it.
    private string Send(MailEnvelope envelope, byte[] content)
    {
        MailTransportException? failure = null;
        foreach (var account in _options.Accounts?.Invoke(envelope.MailboxId) ?? [])
        {
            try
            {
                Smtp(account).Send(envelope, content);
                return account.ToString();
            }
            catch (MailTransportException e) when (!e.MayHaveBeenSent)
            {
                failure = e;
            }
        }

        if (!_options.UsesSendmail)
            throw failure ?? new MailTransportException("there is no account to send through");
        _sendmail.Send(envelope, content);
        return failure is null ? _options.Sendmail : $"{_options.Sendmail}, for {failure.Message}";
    }

    private SmtpTransport Smtp(SmtpAccount account)
    {
        if (!_smtp.TryGetValue(account, out var transport))
            _smtp[account] = transport = new SmtpTransport(account);
        return transport;
    }

    private TimeSpan DelayAfter(int attempts)
    {
        double seconds = _options.FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 30));
        return TimeSpan.FromSeconds(Math.Min(seconds, _options.MaxDelay.TotalSeconds));
    }

    private sealed class StagedMail(Outbox outbox, MailBatch batch) : IStagedMail
    {
        private bool _isSettled;

        public void Release()
        {
            // From here on a later process would find it; until SendReleased is done this one holds it.
            outbox._folder.MakeDue(batch, outbox.Now, attempts: 0);
            outbox._released.Add(batch);
            _isSettled = true;
        }

        public void Leave()
        {
            batch.Dispose();
            _isSettled = true;
        }

        public void Dispose()
        {
            if (_isSettled)
                return;
            batch.Delete();
            batch.Dispose();
        }
    }
}
