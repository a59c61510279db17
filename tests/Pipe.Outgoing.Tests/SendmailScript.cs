namespace Pipe.Outgoing;

/// <summary>A program in the place of sendmail that keeps what it is given.</summary>
internal sealed class SendmailScript
{
    private readonly string _folder;

    private SendmailScript(string folder, string program)
    {
        _folder = folder;
        Program = program;
    }

    public string Program { get; }

    /// <summary>The messages, in the order in which they came.</summary>
    public IReadOnlyList<string> Messages => [.. Files("eml").Select(File.ReadAllText)];

    /// <summary>The arguments of each call.</summary>
    public IReadOnlyList<string[]> Arguments => [.. Files("args").Select(File.ReadAllLines)];

    /// <param name="folder">Where it keeps things.</param>
    /// <param name="ending">What it does after reading, in the language of sh.</param>
    public static SendmailScript Create(string folder, string ending = "exit 0")
    {
        string program = Path.Combine(folder, "sendmail");
        File.WriteAllText(program, $"""
            #!/bin/sh
            n=$(ls "{folder}" | grep -c '\.args$')
            for a in "$@"; do printf '%s\n' "$a"; done > "{folder}/$n.args"
            cat > "{folder}/$n.eml"
            {ending}

            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new SendmailScript(folder, program);
    }

    private IEnumerable<string> Files(string extension) =>
        Directory.GetFiles(_folder, "*." + extension).Order(StringComparer.Ordinal);
}
