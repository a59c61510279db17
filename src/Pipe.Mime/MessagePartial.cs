using System.Globalization;

namespace Pipe.Mime;

/// <summary>A fragment of a message (RFC 2046 section 5.2.2).</summary>
public class MessagePartial : MimePart
{
    /// <summary>Creates a fragment.</summary>
    public MessagePartial(string id, int number, int total)
        : base("message", "partial")
    {
        ContentType.Parameters.Add("id", id);
        ContentType.Parameters.Add("number", number.ToString(CultureInfo.InvariantCulture));
        ContentType.Parameters.Add("total", total.ToString(CultureInfo.InvariantCulture));
    }

    internal MessagePartial(EntityHeaders parsed)
        : base(parsed)
    {
    }

    /// <summary>What the fragments of one message have in common.</summary>
    public string? Id => ContentType.Parameters["id"];

    /// <summary>The place of the fragment, from 1.</summary>
    public int? Number => Read("number");

    /// <summary>How many fragments there are.</summary>
    public int? Total => Read("total");

    private int? Read(string name) =>
        int.TryParse(ContentType.Parameters[name], NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
