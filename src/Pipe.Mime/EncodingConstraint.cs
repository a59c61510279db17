namespace Pipe.Mime;

/// <summary>What the way of a message can carry.</summary>
public enum EncodingConstraint
{
    /// <summary>Anything, binary too.</summary>
    None,

    /// <summary>Lines of 8-bit bytes.</summary>
    EightBit,

    /// <summary>Lines of 7-bit bytes.</summary>
    SevenBit,
}
