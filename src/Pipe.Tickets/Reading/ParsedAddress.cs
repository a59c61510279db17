namespace Pipe.Tickets.Reading;

/// <summary>One mailbox out of an address list.</summary>
/// <param name="LocalPart">The local part as written.</param>
/// <param name="Domain">The domain as written; "localhost" where there is none.</param>
/// <param name="Name">The decoded display name without surrounding quotes; empty when there is none.</param>
/// <param name="Comment">The first comment, or <c>null</c>.</param>
internal readonly record struct ParsedAddress(string LocalPart, string Domain, string Name, string? Comment)
{
    public string Address => LocalPart + "@" + Domain;
}
