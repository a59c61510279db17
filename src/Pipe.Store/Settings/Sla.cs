namespace Pipe.Store.Settings;

/// <summary>A service level agreement: how many working hours a ticket may take.</summary>
internal sealed record Sla(int Id, string Name, int ScheduleId, int Flags, int GraceHours)
{
    public bool IsActive => (Flags & 1) != 0;
}
