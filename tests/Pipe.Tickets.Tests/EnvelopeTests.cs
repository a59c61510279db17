namespace Pipe.Tickets.Tests;

public sealed class EnvelopeTests
{
    [Theory]
    [InlineData("support@acme.test", null, null, "support@acme.test")]
    [InlineData("support+42@acme.test", "42", null, "support+42@acme.test support@acme.test")]
    [InlineData("support-a-b@acme.test", "a-b", null, "support-a-b@acme.test support@acme.test")]
    [InlineData("support@acme.test", "42", null, "support@acme.test")]                       // the extension is gone already
    [InlineData("42@acme.test", "42", null, "42@acme.test")]                                 // nothing would be left
    [InlineData("acct-support@acme.test", "support", "support@acme.test", "acct-support@acme.test acct@acme.test support@acme.test")]
    [InlineData("support", null, "sales+1@acme.test", "support sales+1@acme.test")]
    [InlineData(null, null, "sales@acme.test", "sales@acme.test")]
    [InlineData(null, "42", null, "")]
    public void MailboxCandidates_are_the_recipient_and_the_original_recipient_with_and_without_extension(
        string? recipient, string? extension, string? original, string expected)
    {
        var envelope = new Envelope(Recipient: recipient, Extension: extension, OriginalRecipient: original);

        Assert.Equal(expected, string.Join(' ', envelope.MailboxCandidates()));
    }
}
