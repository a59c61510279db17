namespace Pipe.Configuration;

/// <summary>What the value of a setting is, and so how it is written and checked.</summary>
internal enum SettingKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>The path of a file or folder; one that is not absolute is relative to the current folder, in a file to the file.</summary>
    Path,

    /// <summary>An absolute http or https URL.</summary>
    Url,

    /// <summary>A whole number of seconds.</summary>
    Seconds,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A number of bytes; K, M or G may follow, for 1024, 1024² and 1024³ bytes.</summary>
    Size,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Any number of a few words, separated by commas.</summary>
    Choices,

    /// <summary>true or false.</summary>
    Flag,
}
