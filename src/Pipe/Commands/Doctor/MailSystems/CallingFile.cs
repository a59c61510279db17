namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>A file in which a mail system may be told to call a program.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Account">The account that its commands run as, or <c>null</c> where that is not known.</param>
internal sealed record CallingFile(string Path, CallingFileKind Kind, string? Account);
