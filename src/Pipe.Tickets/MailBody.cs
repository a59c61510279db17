namespace Pipe.Tickets;

/// <summary>The text that was chosen from the message, decoded, without the quoted part, not sanitised yet.</summary>
/// <param name="Format">Plain text or HTML.</param>
/// <param name="Content">The text; line ends as sent.</param>
public sealed record MailBody(BodyFormat Format, string Content);
