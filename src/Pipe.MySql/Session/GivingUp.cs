namespace Pipe.MySql.Session;

/// <summary>Nothing can be asked to stop: whoever waits gives up.</summary>
internal sealed class GivingUp : Interruption
{
    public override bool Request(out Deadline deadline)
    {
        WasRequested = true;
        deadline = default;
        return false;
    }

    public override Task<Deadline?> RequestAsync()
    {
        WasRequested = true;
        return Task.FromResult<Deadline?>(null);
    }
}
