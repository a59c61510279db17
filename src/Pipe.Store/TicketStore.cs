using System.Data.Common;
using System.Diagnostics;
using Pipe.Store.Intake;
using Pipe.Store.Notifications;
using Pipe.Store.Settings;

namespace Pipe.Store;

/// <summary>Writes mail as tickets into osTicket's tables: an embedded SQLite file or osTicket's own MySQL or MariaDB database.</summary>
/// <remarks>
/// Any number of processes may write at the same time. The work is synchronous: a process that handles one message gains
/// nothing from waiting in another way.
/// </remarks>
public sealed class TicketStore : IDelivery
{
    private const int MaxPauseMilliseconds = 40;

    private readonly Func<DbConnection> _connect;
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;

    /// <summary>Uses a database that exists.</summary>
    /// <param name="connect">Makes one connection per delivery, open or not; it is disposed after use.</param>
    /// <param name="dialect">The kind of database that <paramref name="connect"/> leads to.</param>
    /// <param name="options">Table prefix, secret, limits.</param>
    public TicketStore(Func<DbConnection> connect, StoreDialect dialect, StoreOptions options)
    {
        _connect = connect;
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Uses an SQLite file, which is created with osTicket's defaults when the first mail arrives.</summary>
    /// <remarks>The file is opened by the first delivery, so nothing here fails.</remarks>
    public static TicketStore OpenSqlite(string path, StoreOptions options) =>
        new(SqliteStoreFile.Connector(path, options), StoreDialect.Sqlite, options);

    /// <inheritdoc/>
    public ValueTask<DeliveryResult> DeliverAsync(DeliveryContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Deliver(
            context,
            options => InboundMailReader.Read(context.Message, options, context.Trace, cancellationToken),
            cancellationToken));

    /// <summary>Delivers a message that is read by the given function, once, under the help desk's settings.</summary>
    internal DeliveryResult Deliver(
        DeliveryContext context, Func<InboundMailOptions, InboundMail> read, CancellationToken cancellationToken)
    {
        InboundMail? mail = null;
        bool commits = false;
        long started = Stopwatch.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return DeliverOnce(context, read, ref mail, ref commits, cancellationToken);
            }
            catch (DbException e) when (!commits && _options.TryOtherServer?.Invoke(e) == true)
            {
                context.Trace.Warn("another database server is tried, for this one does no more work: " + e.Message);
            }
            catch (Exception e) when (attempt < _options.MaxAttempts && MaySucceedAnew(e) && Stopwatch.GetElapsedTime(started) < _options.LockTimeout)
            {
                cancellationToken.WaitHandle.WaitOne(Random.Shared.Next(1, MaxPauseMilliseconds * attempt));
            }
            catch (DbException e)
            {
                return new DeliveryResult.Deferred(_dialect.CauseOf(e), "the ticket store failed: " + WhyOf(e));
            }
            catch (StoreException e)
            {
                return new DeliveryResult.Deferred(e.Cause, e.Message);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or TimeoutException)
            {
                return new DeliveryResult.Deferred(DeferralCause.Unavailable, "the ticket store cannot be reached: " + e.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return new DeliveryResult.Deferred(DeferralCause.Deadline, "the time for this delivery ran out before the ticket was stored");
            }
        }
    }

    private bool MaySucceedAnew(Exception error) => error switch
    {
        DbException e => _dialect.IsRace(e),
        StoreException e => e.IsConnectionLost,
        _ => false,
    };

    // A server does not say which table lacks the column.
    private string WhyOf(DbException error)
    {
        if (!_dialect.IsMissingObject(error))
            return error.Message;
        try
        {
            using var session = StoreSession.Open(_connect, _dialect, _options, CancellationToken.None);
            StoreSchema.Examine(session, "");
        }
        catch (StoreException e)
        {
            return e.Message;
        }
        catch (DbException)
        {
            // It has said already what it lacks.
        }

        return error.Message;
    }

    // A connection that breaks now leaves open whether the server has committed.
    private static void Commit(StoreSession session, IStagedMail? staged)
    {
        try
        {
            session.Commit();
        }
        catch
        {
            staged?.Leave();
            throw;
        }
    }

    // The ticket is stored. Mails that cannot be released now are found, and sent, by a later delivery.
    private static void Release(IStagedMail? staged, DeliveryTrace trace)
    {
        try
        {
            staged?.Release();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            trace.Warn($"the mails of this message wait in the outbox: {e.Message}");
        }
    }

    private DeliveryResult DeliverOnce(
        DeliveryContext context,
        Func<InboundMailOptions, InboundMail> read,
        ref InboundMail? mail,
        ref bool commits,
        CancellationToken cancellationToken)
    {
        using var session = StoreSession.Open(_connect, _dialect, _options, cancellationToken);
        context.Trace.EndStage("connect");
        var helpDesk = HelpDesk.Load(session);
        context.Trace.EndStage("settings");
        if (mail is null)
        {
            mail = read(helpDesk.Settings.MailOptions);
            context.Trace.MessageId = mail.MessageId;
            context.Trace.EndStage("parse");
        }

        var clock = _dialect.LockMessage(session, mail.MessageId);
        var intake = new IntakeContext(session, helpDesk, clock, mail, context);
        context.Trace.Owner = intake.Sender?.Address;
        context.Trace.EndStage("lock");
        var result = new MailIntake(intake).Run();
        context.Trace.EndStage("write");
        using var staged = NotificationStage.Run(intake);
        if (staged is not null)
            context.Trace.EndStage("notify");
        commits = true;
        Commit(session, staged);
        Release(staged, context.Trace);
        context.Trace.EndStage("commit");
        return result;
    }
}
