namespace Pipe.Mime;

/// <summary>The values of the X-Priority field.</summary>
public enum XMessagePriority
{
    /// <summary>1</summary>
    Highest = 1,

    /// <summary>2</summary>
    High = 2,

    /// <summary>3, or no field</summary>
    Normal = 3,

    /// <summary>4</summary>
    Low = 4,

    /// <summary>5</summary>
    Lowest = 5,
}
