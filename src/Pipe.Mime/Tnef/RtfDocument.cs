namespace Pipe.Mime.Tnef;

/// <summary>What an RTF document says: the HTML or text it was made from (MS-OXRTFEX), or its own text.</summary>
internal sealed record RtfDocument(string Text, bool IsHtml, bool IsText)
{
    public static RtfDocument Read(ReadOnlySpan<byte> rtf) => new RtfReader(rtf).Read();
}
