using System.Diagnostics.CodeAnalysis;

namespace Pipe.Store.Intake;

/// <summary>The widths of columns whose content is used again after it was stored, so that every database keeps the same.</summary>
internal static class Column
{
    public const int TitleLength = 255;
    public const int UserNameLength = 128;
    public const int MessageIdLength = 255;
    public const int AddressLength = 255;

    /// <summary>The beginning of a text that fits a column; no character is cut in two.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
