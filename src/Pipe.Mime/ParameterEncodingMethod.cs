namespace Pipe.Mime;

/// <summary>How a parameter value beyond US-ASCII is written.</summary>
public enum ParameterEncodingMethod
{
    /// <summary>As the format options say.</summary>
    Default,

    /// <summary>Extended parameters of RFC 2231.</summary>
    Rfc2231 = 1 << 0,

    /// <summary>Encoded-words, against the standard but understood by old readers.</summary>
    Rfc2047 = 1 << 1,
}
