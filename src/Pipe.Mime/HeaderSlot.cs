namespace Pipe.Mime;

/// <summary>Where a header field lies in the bytes of its message: most fields are never asked for, so no object is made before.</summary>
internal struct HeaderSlot
{
    public Header? Header;
    public int Start;
    public int NameLength;
    public int ValueStart;
    public int End;
    public HeaderId Id;
}
