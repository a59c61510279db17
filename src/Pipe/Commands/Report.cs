using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipe.Commands;

/// <summary>Facts in sections, printed for people or as one JSON object.</summary>
internal sealed class Report
{
    private readonly List<Section> _sections = [];

    /// <summary>A part of an item.</summary>
    public static KeyValuePair<string, string> Fact(string name, string value) => new(name, value);

    /// <summary>Begins a section.</summary>
    /// <param name="title">What people read.</param>
    /// <param name="key">The key in JSON.</param>
    public void Begin(string title, string key) => _sections.Add(new Section(title, key, IsList: false, []));

    /// <summary>Begins a section for <see cref="AddItem"/>.</summary>
    public void BeginList(string title, string key) => _sections.Add(new Section(title, key, IsList: true, []));

    /// <summary>Adds a fact to the section; one that is not known is left out.</summary>
    public void Add(string name, string? value)
    {
        if (value is not null)
            _sections[^1].Items.Add([new(name, value)]);
    }

    /// <summary>Adds several facts that belong together: one line for people, one object in the list in JSON.</summary>
    /// <param name="line">The line that people read.</param>
    /// <param name="facts">The same in parts.</param>
    public void AddItem(string line, params KeyValuePair<string, string>[] facts) => _sections[^1].Items.Add([new("", line), .. facts]);

    /// <summary>Prints it for people. Nothing in it can do anything to a terminal.</summary>
    public void Print(TextWriter output)
    {
        foreach (var section in _sections)
        {
            output.WriteLine(section.Title);
            int width = section.Items.Count == 0 ? 0 : section.Items.Max(item => item[0].Key.Length);
            foreach (var item in section.Items)
                output.WriteLine($"  {(item[0].Key.Length > 0 ? item[0].Key.PadRight(width + 2) : "")}{Printable.Line(item[0].Value)}");
            if (section.Items.Count == 0)
                output.WriteLine("  none");
            output.WriteLine();
        }
    }

    /// <summary>Prints it as JSON.</summary>
    public void PrintJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var section in _sections)
            {
                json.WritePropertyName(section.Key);
                Write(json, section);
            }

            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter json, Section section)
    {
        if (section.IsList)
        {
            json.WriteStartArray();
            foreach (var item in section.Items)
            {
                json.WriteStartObject();
                foreach (var (name, value) in item.Skip(1))
                    json.WriteString(name, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            return;
        }

        json.WriteStartObject();
        foreach (var item in section.Items)
            json.WriteString(KeyOf(item[0].Key), item[0].Value);
        json.WriteEndObject();
    }

    // "help topic" becomes helpTopic.
    private static string KeyOf(string name)
    {
        string[] words = name.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select((word, i) => i == 0 ? word.ToLowerInvariant() : char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant()));
    }

    private sealed record Section(string Title, string Key, bool IsList, List<List<KeyValuePair<string, string>>> Items);
}
