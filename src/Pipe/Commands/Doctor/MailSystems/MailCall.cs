namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>A line by which a mail system calls a program.</summary>
/// <param name="Place">File and line number.</param>
/// <param name="Line">The line.</param>
/// <param name="Command">The path in it that names the program.</param>
/// <param name="Account">The account that it runs as, or <c>null</c> where that is not known.</param>
internal sealed record MailCall(string Place, string Line, string Command, string? Account)
{
    /// <summary>The PHP that is to run the command, as the line names it; or <c>null</c>.</summary>
    public string? Php => Before.Split([' ', '\t', '"', '\'', '|', ',', '='], StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(word => Path.GetFileName(word).StartsWith("php", StringComparison.Ordinal));

    /// <summary>The line without PHP.</summary>
    public string WithoutPhp => Before[..(Before.LastIndexOf('|') + 1)] + Line[Before.Length..];

    private string Before => Line[..Line.IndexOf(Command, StringComparison.Ordinal)];

    /// <summary>The line with another command.</summary>
    public string With(string command) => Line.Replace(Command, command, StringComparison.Ordinal);
}
