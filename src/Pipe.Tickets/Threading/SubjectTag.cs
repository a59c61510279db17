using System.Globalization;
using System.Text;

namespace Pipe.Tickets.Threading;

/// <summary>The ticket number that a subject names, such as 327029 in "Re: [#327029] Invoice".</summary>
public static class SubjectTag
{
    private enum Kind
    {
        Word,
        Punctuation,
        End,
    }

    /// <summary>The text behind the first "#" that starts a tag, or <c>null</c>. Whether it is a ticket number, the store knows.</summary>
    /// <remarks>Punctuation may stand inside the tag, but not at its end; control characters and separators end it.</remarks>
    public static string? Find(string subject)
    {
        // Where one "#" leads to nothing but punctuation, the others in that punctuation do too.
        int hash;
        for (int at = 0; (hash = subject.IndexOf('#', at)) >= 0;)
        {
            int end = EndOfTag(subject, hash + 1, out at);
            if (end > hash + 1)
                return subject[(hash + 1)..end];
        }

        return null;
    }

    private static int EndOfTag(string subject, int start, out int at)
    {
        int end = start;
        at = start;
        while (at < subject.Length)
        {
            if (Rune.DecodeFromUtf16(subject.AsSpan(at), out var rune, out int length) != System.Buffers.OperationStatus.Done)
                break;
            var kind = KindOf(rune);
            if (kind == Kind.End)
                break;
            at += length;
            if (kind == Kind.Word)
                end = at;
        }

        return end;
    }

    private static Kind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator => Kind.End,
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation => Kind.Punctuation,
        _ => Kind.Word,
    };
}
