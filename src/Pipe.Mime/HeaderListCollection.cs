using System.Collections.ObjectModel;

namespace Pipe.Mime;

/// <summary>Groups of fields, as in a delivery status.</summary>
public sealed class HeaderListCollection : Collection<HeaderList>
{
    /// <summary>Creates an empty collection.</summary>
    public HeaderListCollection()
    {
    }

    internal HeaderListCollection(IList<HeaderList> groups)
        : base(groups)
    {
    }
}
