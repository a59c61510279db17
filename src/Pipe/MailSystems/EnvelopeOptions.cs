namespace Pipe.MailSystems;

/// <summary>The parts of the envelope that a recipe passes on the command line; each <c>null</c> where it does not.</summary>
internal sealed record EnvelopeOptions
{
    public string? Sender { get; init; }

    public string? Recipient { get; init; }

    public string? Extension { get; init; }
}
