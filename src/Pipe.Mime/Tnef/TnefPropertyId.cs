namespace Pipe.Mime.Tnef;

/// <summary>The MAPI properties that are read (MS-OXPROPS).</summary>
internal enum TnefPropertyId
{
    Importance = 0x0017,
    Priority = 0x0026,
    Sensitivity = 0x0036,
    Subject = 0x0037,
    ClientSubmitTime = 0x0039,
    RecipientType = 0x0C15,
    SenderName = 0x0C1A,
    SenderEmailAddress = 0x0C1F,
    NormalizedSubject = 0x0E1D,
    Body = 0x1000,
    RtfCompressed = 0x1009,
    BodyHtml = 0x1013,
    InternetMessageId = 0x1035,
    DisplayName = 0x3001,
    EmailAddress = 0x3003,
    AttachData = 0x3701,
    AttachExtension = 0x3703,
    AttachFilename = 0x3704,
    AttachMethod = 0x3705,
    AttachLongFilename = 0x3707,
    AttachMimeTag = 0x370E,
    AttachContentId = 0x3712,
    AttachContentLocation = 0x3713,
    AttachFlags = 0x3714,
    AttachDisposition = 0x3716,
    SmtpAddress = 0x39FE,
    InternetCodepage = 0x3FDE,
    SenderSmtpAddress = 0x5D01,
}
