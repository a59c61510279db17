namespace Pipe.MailSystems.Tests.Laboratory.Stores;

/// <summary>How far a delivery gets that is held up.</summary>
internal enum HoldPoint
{
    /// <summary>To the first row that it writes.</summary>
    Write,

    /// <summary>To its commit, which has been sent but not answered.</summary>
    Commit,
}
