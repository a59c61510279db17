namespace Pipe.Store.Files;

/// <summary>Writes a file's content as rows of at most 512000 bytes each, so that no more than one row is in memory.</summary>
internal sealed class ChunkStream(StoreSession session, long fileId) : WriteOnlyStream
{
    /// <summary>The size of all pieces but the last.</summary>
    public const int ChunkBytes = 512_000;

    private const int FirstBufferBytes = 16 * 1024;

    private const string InsertSql = "INSERT INTO $file_chunk (file_id, chunk_id, filedata) VALUES (@file, @chunk, @data)";

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _count;
    private int _chunk;

    /// <summary>Writes what is left. Not part of disposal: after an error the rest must not be written.</summary>
    public void Complete()
    {
        if (_count > 0)
            WriteChunk(_count == _buffer.Length ? _buffer : _buffer[.._count]);
    }

    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int taken = Math.Min(bytes.Length, ChunkBytes - _count);
            if (_count + taken > _buffer.Length)
                Array.Resize(ref _buffer, Math.Min(ChunkBytes, Math.Max(_buffer.Length * 2, _count + taken)));
            bytes[..taken].CopyTo(_buffer.AsSpan(_count));
            _count += taken;
            bytes = bytes[taken..];
            if (_count == ChunkBytes)
                WriteChunk(_buffer);
        }
    }

    private void WriteChunk(byte[] data)
    {
        session.Execute(InsertSql, ("file", fileId), ("chunk", _chunk++), ("data", data));
        _count = 0;
    }
}
