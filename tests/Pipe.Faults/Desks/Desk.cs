namespace Pipe.Faults.Desks;

/// <summary>A help desk that mail is delivered to, and that can be asked what it holds.</summary>
internal abstract class Desk : IDisposable
{
    /// <summary>Tells the executable to deliver here.</summary>
    public abstract void Configure(IDictionary<string, string> environment);

    /// <summary>Asserts that exactly these messages are here: each once, with all its files, and nothing half done.</summary>
    /// <param name="mails">The messages that were answered with 0.</param>
    /// <param name="tickets">How many tickets they are.</param>
    public abstract void AssertHolds(IReadOnlyCollection<TestMail> mails, int tickets);

    public virtual void Dispose()
    {
    }
}
