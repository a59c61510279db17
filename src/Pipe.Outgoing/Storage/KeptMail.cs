namespace Pipe.Outgoing.Storage;

/// <summary>One mail of a batch: its envelope, and where its bytes are in the file.</summary>
internal sealed record KeptMail(MailEnvelope Envelope, string Kind, MailClass Class, string MessageId, long Offset, int Length);
