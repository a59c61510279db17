namespace Pipe.Store.Settings;

/// <summary>A department; an id of 0 means none.</summary>
internal sealed record Department(int Id, string Name, int SlaId, int ScheduleId, int ManagerId, int Flags, string Path, string MailAddress)
{
    public bool IsActive => (Flags & 4) != 0 && !IsArchived;

    public bool IsArchived => (Flags & 8) != 0;

    /// <summary>Whether a reopened ticket goes back to nobody.</summary>
    public bool DropsAgentOnReopen => (Flags & 32) != 0;
}
