using System.Data;
using System.Security.Cryptography;

namespace Pipe.MySql.Tests;

public class LargeValueTests
{
    private const int SeventeenMiB = 17 << 20;

    [SkippableFact]
    public void A_text_command_of_more_than_one_packet_arrives()
    {
        using var connection = TestDatabase.Open();
        Assert.Equal(SeventeenMiB, connection.Scalar($"SELECT LENGTH('{new string('x', SeventeenMiB)}')"));
        // the last packet is empty: 4 bytes around the text make it exactly one full packet
        const int full = 0xFF_FFFF;
        Assert.Equal(full - 19, connection.Scalar($"SELECT LENGTH('{new string('x', full - 19)}')"));
    }

    [SkippableTheory]
    [InlineData(CommandBehavior.Default)]
    [InlineData(CommandBehavior.SequentialAccess)]
    public async Task Values_of_more_than_one_packet_go_both_ways(CommandBehavior behavior)
    {
        using var connection = TestDatabase.Open();
        connection.Execute("CREATE TEMPORARY TABLE big (id INT, a LONGBLOB, b LONGBLOB, c LONGTEXT)");
        var bytes = new byte[SeventeenMiB];
        new Random(1).NextBytes(bytes);
        var text = new string('ä', SeventeenMiB / 2);
        using var insert = connection.Command(
            "INSERT INTO big VALUES (1, @a, @b, @c)", ("@a", bytes), ("@b", new MemoryStream(bytes)), ("@c", text));
        Assert.Equal(1, await insert.ExecuteNonQueryAsync());

        foreach (var command in new[] { connection.Command("SELECT a, b, c, id FROM big"), connection.Command("SELECT a, b, c, id FROM big WHERE id = @id", ("@id", 1)) })
        {
            await using var reader = await command.ExecuteReaderAsync(behavior);
            Assert.True(await reader.ReadAsync());
            Assert.True(bytes.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(0)));
            await using (var stream = reader.GetStream(1))
                Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(stream));
            Assert.Equal(text, await reader.GetFieldValueAsync<string>(2));
            Assert.Equal(1, reader.GetInt32(3));
            Assert.False(await reader.ReadAsync());
        }
        Assert.Equal(5, connection.Scalar("SELECT 5"));
    }

    [SkippableFact]
    public void A_large_attachment_goes_through_without_lying_in_memory()
    {
        const int size = 50_000_000;
        using var connection = TestDatabase.Open("DefaultCommandTimeout=120");
        connection.Execute("CREATE TEMPORARY TABLE big (a LONGBLOB)");
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (var insert = connection.Command("INSERT INTO big VALUES (@a)", ("@a", new PatternStream(size))))
            insert.ExecuteNonQuery();
        long length = 0;
        using (var reader = connection.Command("SELECT a FROM big").ExecuteReader(CommandBehavior.SequentialAccess))
        {
            Assert.True(reader.Read());
            using var stream = reader.GetStream(0);
            using var expected = new PatternStream(size);
            var buffer = new byte[10_000];
            var same = new byte[10_000];
            for (int read; (read = stream.Read(buffer)) > 0; length += read)
            {
                expected.ReadExactly(same, 0, read);
                Assert.True(buffer.AsSpan(0, read).SequenceEqual(same.AsSpan(0, read)));
            }
        }
        Assert.Equal(size, length);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000, "the value was held in memory");
    }

    [SkippableFact]
    public void A_value_that_was_read_in_part_does_not_spoil_the_next_row()
    {
        using var connection = TestDatabase.Open();
        using var reader = connection.Command("SELECT seq, REPEAT(CHAR(65 + seq), 300000), NULL, seq * 2 FROM seq_1_to_3").ExecuteReader(CommandBehavior.SequentialAccess);
        for (var row = 1; row <= 3; row++)
        {
            Assert.True(reader.Read());
            var buffer = new char[5];
            if (row != 2)
            {
                var stream = reader.GetStream(1);
                Assert.Equal('A' + row, stream.ReadByte());
            }
            if (row != 1)
            {
                Assert.True(reader.IsDBNull(2));
                Assert.Equal(row * 2, reader.GetInt64(3));
                Assert.Throws<InvalidOperationException>(() => reader.GetInt64(0));
            }
        }
        Assert.False(reader.Read());
    }

    [SkippableFact]
    public void A_packet_above_the_servers_limit_is_refused_before_it_is_sent()
    {
        Skip.If(Testing.MariaDbServer.SkipReason is not null, Testing.MariaDbServer.SkipReason);
        using var server = Testing.MariaDbServer.Start("--max-allowed-packet=2M");
        using var connection = new MySqlConnection($"Server={server.SocketPath};Protocol=Unix;User ID=root");
        connection.Open();

        var exception = Assert.Throws<MySqlException>(() => connection.Scalar($"SELECT LENGTH('{new string('x', 3 << 20)}')"));
        Assert.Equal(MySqlErrorCode.PacketTooLarge, exception.ErrorCode);
        Assert.Contains("2097152", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1_500_000, connection.Scalar($"SELECT LENGTH('{new string('x', 1_500_000)}')"));
        var tooLong = Assert.Throws<MySqlException>(() => connection.Scalar("SELECT LENGTH(@v)", ("@v", new byte[3 << 20])));
        Assert.Contains("max", tooLong.Message, StringComparison.Ordinal);
        Assert.Equal(5, connection.Scalar("SELECT 5"));
    }
}
