namespace Pipe.Outgoing;

/// <summary>The envelope of an outgoing mail (RFC 5321 section 2.3.1).</summary>
/// <param name="Sender">The envelope sender.</param>
/// <param name="Recipient">The one envelope recipient.</param>
/// <param name="MailboxId">The help desk's mailbox that it is sent from (<c>email.email_id</c>); 0 for none.</param>
internal sealed record MailEnvelope(string Sender, string Recipient, int MailboxId);
