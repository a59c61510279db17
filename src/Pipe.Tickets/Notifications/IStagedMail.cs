namespace Pipe.Tickets.Notifications;

/// <summary>Mails that wait for their entry to be committed. Disposing what was not released forgets them.</summary>
public interface IStagedMail : IDisposable
{
    /// <summary>Lets the mails go: the entry is committed.</summary>
    void Release();

    /// <summary>Leaves the mails as they are: nobody knows whether the entry is committed. A later process finds out.</summary>
    void Leave();
}
