namespace Pipe.MySql;

/// <summary>Whether a connection is encrypted, and how far the server has to prove who it is.</summary>
public enum MySqlSslMode
{
    /// <summary>No TLS.</summary>
    None = 0,

    /// <summary>TLS over TCP when the server offers it; any certificate will do.</summary>
    Preferred = 1,

    /// <summary>TLS or no connection; any certificate will do.</summary>
    Required = 2,

    /// <summary>TLS with a certificate that a trusted authority issued.</summary>
    VerifyCA = 3,

    /// <summary>As <see cref="VerifyCA"/>, and the certificate is for the host that we connect to.</summary>
    VerifyFull = 4,
}
