using Pipe.Tickets.Notifications;

namespace Pipe.Store.Tests;

/// <summary>An outbox that remembers what it was given and what became of it.</summary>
internal sealed class RecordingOutbox : IOutbox
{
    public List<OutgoingMail> Staged { get; } = [];

    public List<OutgoingMail> Released { get; } = [];

    public int Forgotten { get; private set; }

    public int Left { get; private set; }

    /// <summary>What staging fails with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Runs when mails are staged, before the entry is committed.</summary>
    public Action? OnStage { get; set; }

    public IStagedMail Stage(NotificationCause cause, IReadOnlyList<OutgoingMail> mails)
    {
        if (Failure is not null)
            throw Failure;
        OnStage?.Invoke();
        Staged.AddRange(mails);
        return new StagedMail(this, mails);
    }

    private sealed class StagedMail(RecordingOutbox outbox, IReadOnlyList<OutgoingMail> mails) : IStagedMail
    {
        private bool _isSettled;

        public void Release()
        {
            outbox.Released.AddRange(mails);
            _isSettled = true;
        }

        public void Leave()
        {
            outbox.Left++;
            _isSettled = true;
        }

        public void Dispose()
        {
            if (!_isSettled)
                outbox.Forgotten++;
        }
    }
}
