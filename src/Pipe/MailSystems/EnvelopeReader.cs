namespace Pipe.MailSystems;

/// <summary>
/// Finds out who called and what the envelope says. Mail systems pass it on the command line, in environment variables, in
/// lines on top of the message, or not at all; the first source in the order of trust that says something decides.
/// </summary>
internal static class EnvelopeReader
{
    // RFC 5321 section 4.5.3.1: a path is at most 256 octets. Addresses of RFC 6531 and signed ones (BATV, SRS) run longer.
    private const int MaxAddressLength = 512;
    private const int MaxQueueIdLength = 128;

    /// <summary>Reads the envelope of a message.</summary>
    /// <param name="options">What the recipe passed on the command line.</param>
    /// <param name="variable">Looks an environment variable up; <c>null</c> when it is not set.</param>
    /// <param name="message">The message, whose first lines may hold the envelope.</param>
    public static Envelope Read(EnvelopeOptions options, Func<string, string?> variable, RawMessage message)
    {
        TraceHeader trace;
        using (var content = message.OpenContent())
            trace = TraceHeader.Read(content);
        string caller = Caller.Recognise(variable, trace.Received);

        string? recipient = Address(options.Recipient) ?? Address(variable("RECIPIENT")) ?? Address(variable("ORIGINAL_RECIPIENT"))
            ?? Address(DeliveredTo(variable("DTLINE"))) ?? Address(trace.DeliveredTo) ?? Address(trace.OriginalTo);

        return new Envelope(
            Sender(options, caller, variable, trace, message.MboxFromLine),
            recipient,
            Extension(options, caller, variable) ?? DetailOf(recipient),
            caller,
            Clean(caller == Caller.Exim ? variable("MESSAGE_ID") : trace.QueueId, MaxQueueIdLength),
            OriginalRecipient(caller, variable, trace) is { } original && original != recipient ? original : null);
    }

    private static string? Sender(
        EnvelopeOptions options, string caller, Func<string, string?> variable, TraceHeader trace, string? mboxFromLine) =>
        ReversePath(options.Sender)
        ?? ReversePath(variable("SENDER"))
        ?? ReversePath(After(variable("RPLINE"), "Return-Path:"))
        ?? ReversePath(trace.ReturnPath)
        ?? ReversePath(SenderOfFromLine(mboxFromLine))
        // Last, for maildrop makes up the recipient's name where the reverse-path is null.
        ?? (caller == Caller.Maildrop ? ReversePath(variable("FROM")) : null);

    // What the address was before aliases and virtual domains were applied. qmail and Courier put the owner of a virtual
    // domain before the local part (acct-support@acme.test); EXT is the part after it.
    private static string? OriginalRecipient(string caller, Func<string, string?> variable, TraceHeader trace)
    {
        if (Address(variable("ORIGINAL_RECIPIENT")) is { } original)
            return original;
        if (caller is Caller.Qmail or Caller.Courier && variable("EXT") is { Length: > 0 } ext && variable("HOST") is { Length: > 0 } host)
            return Address($"{ext}@{host}");
        return Address(trace.OriginalTo);
    }

    private static string? Extension(EnvelopeOptions options, string caller, Func<string, string?> variable)
    {
        string? extension = Clean(options.Extension, MaxAddressLength);
        if (extension is not null)
            return extension;

        return Clean(
            caller switch
            {
                // Exim passes the suffix with its delimiter.
                Caller.Exim => variable("LOCAL_PART_SUFFIX") is { Length: > 1 } suffix ? suffix[1..] : null,
                // Of support-42 and the file .qmail-support-default, EXT is support-42 and DEFAULT is 42.
                Caller.Qmail or Caller.Courier => variable("DEFAULT") is { Length: > 0 } matched ? matched : variable("EXT"),
                _ => variable("EXTENSION"),
            },
            MaxAddressLength);
    }

    // sendmail and OpenSMTPD do not say what follows the plus sign that both of them, and most others, take for the delimiter.
    private static string? DetailOf(string? recipient)
    {
        int plus = recipient?.IndexOf('+', StringComparison.Ordinal) ?? -1;
        int at = recipient?.LastIndexOf('@') ?? -1;
        return plus > 0 && plus + 1 < at ? recipient![(plus + 1)..at] : null;
    }

    // An empty reverse-path says something: it is a bounce.
    private static string? ReversePath(string? value)
    {
        if (value is null)
            return null;
        string? address = Address(value);
        return address is null || string.Equals(address, "MAILER-DAEMON", StringComparison.OrdinalIgnoreCase) ? "" : address;
    }

    private static string? Address(string? value)
    {
        if (Clean(value, MaxAddressLength) is not { } address)
            return null;
        if (address.StartsWith('<') && address.EndsWith('>'))
            address = address[1..^1].Trim();
        return address is "" or "@" ? null : address;
    }

    private static string? DeliveredTo(string? line) => After(line, "Delivered-To:");

    private static string? After(string? line, string name) =>
        line is not null && line.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? line[name.Length..] : null;

    // "From joe@example.test Mon Jan  1 00:00:00 2024"; a quoted local part may hold spaces.
    private static string? SenderOfFromLine(string? line)
    {
        if (After(line, "From ")?.TrimStart() is not { Length: > 0 } rest)
            return null;

        bool quoted = false;
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '\\' && quoted)
                i++;
            else if (rest[i] == '"')
                quoted = !quoted;
            else if (rest[i] is ' ' or '\t' && !quoted)
                return rest[..i];
        }

        return rest;
    }

    // The envelope is the sender's word: it ends up in the log and in comparisons, so it is short and on one line.
    private static string? Clean(string? value, int maxLength)
    {
        if (value is null)
            return null;

        value = value.Trim();
        if (value.Length > maxLength)
            value = value[..maxLength];
        if (value.Any(char.IsControl))
            value = string.Concat(value.Where(c => !char.IsControl(c)));
        return value.Length == 0 ? null : value;
    }
}
