namespace Pipe.Benchmarks;

/// <summary>What is done with a message: to read it, then its bodies and files, then all its header fields and addresses too.</summary>
internal enum MessageWork
{
    ParseOnly,
    BodiesAndAttachments,
    Everything,
}
