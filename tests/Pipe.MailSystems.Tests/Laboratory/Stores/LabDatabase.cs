using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Laboratory.Stores;

/// <summary>A database server for the laboratory: of its own, for it is stopped while nobody else may need it.</summary>
public sealed class LabDatabase : IDisposable
{
    private readonly Lazy<MariaDbServer> _server = new(() => MariaDbServer.Start());

    /// <summary>The server; the first who asks starts it.</summary>
    public MariaDbServer Server => _server.Value;

    public void Dispose()
    {
        if (_server.IsValueCreated)
            _server.Value.Dispose();
    }
}
