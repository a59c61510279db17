using System.Diagnostics.CodeAnalysis;

namespace Pipe.Mime;

/// <summary>The domains of an obsolete source route (RFC 5322 section 4.4).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is MimeKit's.")]
public class DomainList : System.Collections.ObjectModel.Collection<string>
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(",", this.Select(static domain => "@" + domain));
}
