namespace Pipe.Mime.Tnef;

/// <summary>An attribute of a TNEF stream.</summary>
internal readonly ref struct TnefAttribute(TnefAttributeId id, bool isOfAttachment, ReadOnlySpan<byte> data)
{
    public TnefAttributeId Id { get; } = id;

    public bool IsOfAttachment { get; } = isOfAttachment;

    public ReadOnlySpan<byte> Data { get; } = data;
}
