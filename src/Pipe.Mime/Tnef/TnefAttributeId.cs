namespace Pipe.Mime.Tnef;

/// <summary>The attributes of a TNEF stream that are read (MS-OXTNEF section 2.1.3.3), without their type.</summary>
internal enum TnefAttributeId
{
    From = 0x8000,
    Subject = 0x8004,
    DateSent = 0x8005,
    MessageId = 0x8009,
    Body = 0x800C,
    Priority = 0x800D,
    AttachData = 0x800F,
    AttachTitle = 0x8010,
    AttachTransportFilename = 0x9001,
    AttachRenderData = 0x9002,
    MessageProperties = 0x9003,
    RecipientTable = 0x9004,
    AttachmentProperties = 0x9005,
    OemCodepage = 0x9007,
}
