namespace Pipe.Store.Settings;

/// <summary>A help topic; an id of 0 means that the topic does not say.</summary>
internal sealed record HelpTopic(
    int Id, string Name, int Flags, int StatusId, int PriorityId, int DeptId, int StaffId, int TeamId, int SlaId, int SequenceId, string NumberFormat)
{
    public bool HasOwnNumbers => (Flags & 1) != 0;

    public bool IsActive => (Flags & 2) != 0 && !IsArchived;

    public bool IsArchived => (Flags & 4) != 0;
}
