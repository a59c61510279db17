namespace Pipe.Spool;

/// <summary>How far an import is.</summary>
/// <param name="Position">How much of the source is behind.</param>
/// <param name="Total">How much there is.</param>
/// <param name="Summary">What happened so far.</param>
public readonly record struct ImportProgress(long Position, long Total, ImportSummary Summary);
