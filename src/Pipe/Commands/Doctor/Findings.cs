using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipe.Commands.Doctor;

/// <summary>Everything that was found, printed for people or as JSON.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _all = [];

    /// <summary>All of them, in the order they were found.</summary>
    public IReadOnlyList<Finding> All => _all;

    /// <summary>Whether there is a problem among them.</summary>
    public bool HasProblem => _all.Exists(finding => finding.Severity == Severity.Problem);

    public void Ok(string area, string text) => _all.Add(new(area, Severity.Ok, text, null));

    public void Note(string area, string text, string? remedy = null) => _all.Add(new(area, Severity.Note, text, remedy));

    public void Problem(string area, string text, string? remedy = null) => _all.Add(new(area, Severity.Problem, text, remedy));

    /// <summary>Adds what another process has printed with <see cref="PrintJson"/>.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public void AddJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var item in document.RootElement.GetProperty("findings").EnumerateArray())
        {
            _all.Add(new Finding(
                item.GetProperty("area").GetString() ?? "",
                Enum.Parse<Severity>(item.GetProperty("severity").GetString() ?? "", ignoreCase: true),
                item.GetProperty("text").GetString() ?? "",
                item.TryGetProperty("remedy", out var remedy) ? remedy.GetString() : null));
        }
    }

    /// <summary>Prints them for people, the worst last, for that is what a person sees first.</summary>
    public void Print(TextWriter output)
    {
        int width = _all.Max(finding => finding.Area.Length);
        foreach (var finding in _all.OrderBy(finding => finding.Severity))
        {
            string mark = finding.Severity switch { Severity.Ok => "ok     ", Severity.Note => "note   ", _ => "PROBLEM" };
            output.WriteLine($"{mark}  {finding.Area.PadRight(width)}  {Printable.Line(finding.Text)}");
            foreach (string line in finding.Remedy?.Split('\n') ?? [])
                output.WriteLine($"{new string(' ', width + 11)}→ {Printable.Line(line)}");
        }
    }

    /// <summary>Prints them as JSON.</summary>
    public void PrintJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("healthy", !HasProblem);
            json.WriteStartArray("findings");
            foreach (var finding in _all)
            {
                json.WriteStartObject();
                json.WriteString("area", finding.Area);
                json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
                json.WriteString("text", finding.Text);
                if (finding.Remedy is not null)
                    json.WriteString("remedy", finding.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
