using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pipe.Outgoing.Storage;

/// <summary>The mails that one message caused, in one file.</summary>
/// <remarks>
/// The file is "pipe-outbox 1", a line with one state per mail, a line of JSON with the envelopes, and the mails behind each other.
/// The states are the only bytes that change. While a process works on a batch it holds the file open for itself alone.
/// </remarks>
internal sealed class MailBatch : IDisposable
{
    private const string Magic = "pipe-outbox 1\n";
    private const int MaxHeaderBytes = 4 * 1024 * 1024;

    private readonly FileStream _file;
    private readonly MailState[] _states;

    private MailBatch(FileStream file, string path, string messageId, long entryId, IReadOnlyList<KeptMail> mails, MailState[] states)
    {
        _file = file;
        Path = path;
        MessageId = messageId;
        EntryId = entryId;
        Mails = mails;
        _states = states;
    }

    /// <summary>Where the file is now.</summary>
    public string Path { get; private set; }

    /// <summary>The Message-ID of the message that caused the mails.</summary>
    public string MessageId { get; }

    /// <summary>The thread entry that it became.</summary>
    public long EntryId { get; }

    public IReadOnlyList<KeptMail> Mails { get; }

    public bool IsFinished => Array.TrueForAll(_states, static state => state == MailState.Done);

    public bool HasWaiting => Array.IndexOf(_states, MailState.Waiting) >= 0;

    public MailState State(int index) => _states[index];

    /// <summary>Writes a batch to the disk and keeps it open.</summary>
    public static MailBatch Create(string path, string messageId, long entryId, IReadOnlyList<(KeptMail Mail, byte[] Content)> mails)
    {
        var states = new MailState[mails.Count];
        Array.Fill(states, MailState.Waiting);
        byte[] header = WriteHeader(messageId, entryId, mails);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var file = new FileStream(path, options);
        try
        {
            using var content = new MemoryStream();
            content.Write(Encoding.ASCII.GetBytes(Magic));
            foreach (var state in states)
                content.WriteByte((byte)state);
            content.WriteByte((byte)'\n');
            content.Write(header);
            content.WriteByte((byte)'\n');

            var kept = new KeptMail[mails.Count];
            for (int i = 0; i < mails.Count; i++)
            {
                kept[i] = mails[i].Mail with { Offset = content.Length, Length = mails[i].Content.Length };
                content.Write(mails[i].Content);
            }

            file.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
            file.Flush(flushToDisk: true);
            return new MailBatch(file, path, messageId, entryId, kept, states);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a batch for this process alone; <c>null</c> when another one has it, or it is gone.</summary>
    /// <exception cref="InvalidDataException">It is no batch.</exception>
    public static MailBatch? TryOpen(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            return null;
        }

        // Between finding the name and having the lock, its owner may have finished and taken the name away.
        if (!File.Exists(path))
        {
            file.Dispose();
            return null;
        }

        try
        {
            return file.CanSeek ? Read(file, path) : throw new FormatException("it is no file");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            file.Dispose();
            throw new InvalidDataException($"{path} is no batch of mails", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public byte[] Content(int index)
    {
        byte[] content = new byte[Mails[index].Length];
        _file.Position = Mails[index].Offset;
        _file.ReadExactly(content);
        return content;
    }

    /// <summary>Notes how far a mail has come.</summary>
    /// <param name="index">The mail.</param>
    /// <param name="state">Its state.</param>
    /// <param name="durably">Whether it has to be true even after a power cut.</param>
    public void Mark(int index, MailState state, bool durably)
    {
        _states[index] = state;
        _file.Position = Magic.Length + index;
        _file.WriteByte((byte)state);
        if (durably)
            _file.Flush(flushToDisk: true);
    }

    /// <summary>Gives the file another name; it stays this process'.</summary>
    public void Move(string path)
    {
        File.Move(Path, path);
        Path = path;
    }

    public void Delete() => File.Delete(Path);

    public void Dispose() => _file.Dispose();

    private static MailBatch Read(FileStream file, string path)
    {
        byte[] head = new byte[(int)Math.Min(file.Length, MaxHeaderBytes)];
        file.ReadExactly(head);
        int stateEnd = head.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Magic)) ? head.AsSpan(Magic.Length).IndexOf((byte)'\n') : -1;
        int jsonStart = Magic.Length + stateEnd + 1;
        int jsonLength = stateEnd < 0 ? -1 : head.AsSpan(jsonStart).IndexOf((byte)'\n');
        if (jsonLength < 0)
            throw new InvalidDataException($"{path} is no batch of mails");

        using var json = JsonDocument.Parse(head.AsMemory(jsonStart, jsonLength));
        var root = json.RootElement;
        var mails = new List<KeptMail>();
        long offset = jsonStart + jsonLength + 1;
        foreach (var mail in root.GetProperty("mails").EnumerateArray())
        {
            int length = mail.GetProperty("length").GetInt32();
            if (length < 0 || offset + length > file.Length)
                throw new InvalidDataException($"{path} is cut off");
            var envelope = new MailEnvelope(Text(mail, "from"), Text(mail, "to"), mail.GetProperty("mailbox").GetInt32());
            var mailClass = Text(mail, "class") == nameof(MailClass.Autoreply) ? MailClass.Autoreply : MailClass.Notice;
            mails.Add(new KeptMail(envelope, Text(mail, "kind"), mailClass, Text(mail, "messageId"), offset, length));
            offset += length;
        }

        if (stateEnd != mails.Count)
            throw new InvalidDataException($"{path} has {stateEnd.ToString(CultureInfo.InvariantCulture)} states for its mails");
        var states = new MailState[mails.Count];
        for (int i = 0; i < states.Length; i++)
            states[i] = (MailState)head[Magic.Length + i];
        return new MailBatch(file, path, Text(root, "messageId"), root.GetProperty("entry").GetInt64(), mails, states);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static byte[] WriteHeader(string messageId, long entryId, IReadOnlyList<(KeptMail Mail, byte[] Content)> mails)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("messageId", messageId);
            json.WriteNumber("entry", entryId);
            json.WriteStartArray("mails");
            foreach (var (mail, content) in mails)
            {
                json.WriteStartObject();
                json.WriteString("kind", mail.Kind);
                json.WriteString("class", mail.Class == MailClass.Autoreply ? nameof(MailClass.Autoreply) : nameof(MailClass.Notice));
                json.WriteString("from", mail.Envelope.Sender);
                json.WriteString("to", mail.Envelope.Recipient);
                json.WriteNumber("mailbox", mail.Envelope.MailboxId);
                json.WriteString("messageId", mail.MessageId);
                json.WriteNumber("length", content.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
