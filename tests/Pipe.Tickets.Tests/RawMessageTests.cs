using System.Text;

namespace Pipe.Tickets.Tests;

public sealed class RawMessageTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]     // exactly what fits into memory here
    [InlineData(1025)]
    [InlineData(300_000)]
    public async Task ReadAsync_keeps_every_byte_in_memory_or_in_a_file(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);

        using var message = await ReadAsync(bytes, new RawMessageOptions { MaxBytesInMemory = 1024 });

        Assert.Equal(size, message.Length);
        Assert.Equal(bytes, ToArray(message.OpenWhole()));
    }

    [Fact]
    public async Task OpenContent_leaves_out_the_mbox_separator_line()
    {
        using var message = await ReadAsync("From joe@example.test Mon Jan  1 00:00:00 2024\r\nFrom: joe@example.test\r\n\r\nhi"u8.ToArray());

        Assert.Equal("From joe@example.test Mon Jan  1 00:00:00 2024", message.MboxFromLine);
        Assert.Equal("From: joe@example.test\r\n\r\nhi", Encoding.ASCII.GetString(ToArray(message.OpenContent())));
    }

    [Fact]
    public async Task OpenContent_keeps_a_From_header_field()
    {
        using var message = await ReadAsync("From: joe@example.test\n\nhi"u8.ToArray());

        Assert.Null(message.MboxFromLine);
        Assert.Equal(message.Length, message.OpenContent().Length);
    }

    [Fact]
    public async Task OpenContent_ends_at_the_limit_and_OpenWhole_does_not()
    {
        using var message = await ReadAsync(new byte[5000], new RawMessageOptions { MaxBytes = 3000, MaxBytesInMemory = 1024 });

        Assert.True(message.IsOversized);
        Assert.Equal(3000, message.OpenContent().Length);
        Assert.Equal(5000, message.OpenWhole().Length);
    }

    [Fact]
    public async Task The_temporary_file_has_no_name_while_it_is_used()
    {
        string folder = Directory.CreateTempSubdirectory("pipe-test").FullName;
        try
        {
            using var message = await ReadAsync(new byte[5000], new RawMessageOptions { MaxBytesInMemory = 1024, TemporaryFolder = folder });

            Assert.Empty(Directory.GetFileSystemEntries(folder));
            Assert.Equal(5000, ToArray(message.OpenWhole()).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<RawMessage> ReadAsync(byte[] bytes, RawMessageOptions? options = null) =>
        RawMessage.ReadAsync(new MemoryStream(bytes), options ?? new RawMessageOptions());

    private static byte[] ToArray(Stream stream)
    {
        using (stream)
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }
}
