using System.Globalization;
using System.Text;

namespace Pipe.MySql.Tests;

/// <summary>Random values, written by the provider and read by the server's command-line client, and the other way round.</summary>
public class DifferentialTests
{
    private const int RowsPerDirection = 5000;

    private const string Columns =
        "id INT PRIMARY KEY, i8 TINYINT, u8 TINYINT UNSIGNED, i16 SMALLINT, u16 SMALLINT UNSIGNED, i24 MEDIUMINT, i32 INT, u32 INT UNSIGNED, "
        + "i64 BIGINT, u64 BIGINT UNSIGNED, d DOUBLE, n DECIMAL(28,8), s VARCHAR(300) CHARACTER SET utf8mb4, t TEXT CHARACTER SET utf8mb4, "
        + "b BLOB, dt DATETIME(6), da DATE, ti TIME(6), y YEAR, bi BIT(33), e ENUM('Web','Email','Phone')";

    private static readonly string[] Names = ["i8", "u8", "i16", "u16", "i24", "i32", "u32", "i64", "u64", "d", "n", "s", "t", "b", "dt", "da", "ti", "y", "bi", "e"];

    // What the command-line client prints and what we make of our values: one text for each value.
    private static readonly string Texts =
        "id, i8, u8, i16, u16, i24, i32, u32, i64, u64, HEX(d), n, HEX(s), HEX(t), HEX(b), dt, da, ti, y, bi + 0, e";

    [SkippableFact]
    public void Rows_written_by_the_provider_are_what_the_command_line_client_reads()
    {
        using var connection = TestDatabase.Open();
        connection.Execute($"CREATE OR REPLACE TABLE diff_out ({Columns})");
        var random = new Random(2025);
        var expected = new List<string>();
        using (var transaction = connection.BeginTransaction())
        {
            using var insert = connection.Command($"INSERT INTO diff_out (id, {string.Join(", ", Names)}) VALUES (@id, {string.Join(", ", Names.Select(n => "@" + n))})");
            insert.Transaction = transaction;
            insert.Parameters.AddWithValue("@id", 0);
            foreach (var name in Names)
                insert.Parameters.AddWithValue("@" + name, null);
            for (var id = 0; id < RowsPerDirection; id++)
            {
                var row = RandomRow(random);
                insert.Parameters[0].Value = id;
                for (var i = 0; i < row.Length; i++)
                    insert.Parameters[i + 1].Value = row[i];
                Assert.Equal(1, insert.ExecuteNonQuery());
                expected.Add(id + "\t" + string.Join('\t', row.Select((value, i) => TextOf(value, Names[i]))));
            }
            transaction.Commit();
        }

        var texts = Texts.Replace("HEX(d)", "d", StringComparison.Ordinal);
        var actual = TestDatabase.Server.Execute($"SET time_zone = '+00:00'; SELECT {texts} FROM diff_out ORDER BY id", TestDatabase.Name).TrimEnd('\n').Split('\n');
        AssertSame(expected, actual);
        TestScale.Report($"written by the provider, read by the mariadb client: {actual.Length} rows of {Names.Length} values, all equal");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_written_by_the_command_line_client_are_what_the_provider_reads(bool isPrepared)
    {
        var server = TestDatabase.Server;
        var random = new Random(isPrepared ? 1 : 2);
        var table = $"diff_in_{isPrepared}";
        var sql = new StringBuilder($"CREATE OR REPLACE TABLE {table} ({Columns}); SET NAMES utf8mb4; SET autocommit = 0;\n");
        var expected = new List<string>();
        for (var id = 0; id < RowsPerDirection; id++)
        {
            var row = RandomRow(random);
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} VALUES ({id}, {string.Join(", ", row.Select(Literal))});\n");
            expected.Add(id + "\t" + string.Join('\t', row.Select((value, i) => TextOf(value, Names[i]))));
        }
        server.Execute(sql.Append("COMMIT;").ToString(), TestDatabase.Name);

        using var connection = TestDatabase.Open();
        using var command = isPrepared
            ? connection.Command($"SELECT * FROM {table} WHERE id >= @id ORDER BY id", ("@id", 0))
            : connection.Command($"SELECT * FROM {table} ORDER BY id");
        using var reader = command.ExecuteReader();
        var actual = new List<string>();
        while (reader.Read())
            actual.Add(reader.GetInt32(0) + "\t" + string.Join('\t', Names.Select((name, i) => TextOf(reader.GetValue(i + 1), name))));
        AssertSame(expected, actual);
        TestScale.Report($"written by the mariadb client, read by the provider ({(isPrepared ? "binary" : "text")} protocol): {actual.Count} rows of {Names.Length} values, all equal");
    }

    private static void AssertSame(List<string> expected, IReadOnlyList<string> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i]);
    }

    private static object?[] RandomRow(Random random)
    {
        object?[] row =
        [
            (sbyte)random.Next(-128, 128), (byte)random.Next(256), (short)random.Next(-32768, 32768), (ushort)random.Next(65536),
            random.Next(-8388608, 8388608), random.Next(int.MinValue, int.MaxValue), (uint)random.NextInt64(0, 1L << 32),
            random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(long.MinValue, long.MaxValue),
            random.Next(-1_000_000, 1_000_000) / 64.0,
            new decimal(random.Next(), random.Next(), random.Next(1 << 20), random.Next(2) == 0, 8),
            RandomText(random, 60), RandomText(random, 400), RandomBytes(random, 300),
            new DateTime(random.NextInt64(new DateTime(1000, 1, 1).Ticks, DateTime.MaxValue.Ticks) / 10 * 10),
            new DateTime(1000, 1, 1).AddDays(random.Next(3_000_000)),
            new TimeSpan(random.NextInt64(-TimeSpan.TicksPerHour * 838, TimeSpan.TicksPerHour * 838) / 10 * 10),
            random.Next(1901, 2156), (ulong)random.NextInt64(0, 1L << 33), new[] { "Web", "Email", "Phone" }[random.Next(3)],
        ];
        for (var i = 0; i < row.Length; i++)
        {
            if (random.Next(10) == 0)
                row[i] = null;
        }
        return row;
    }

    private static string RandomText(Random random, int maxRunes)
    {
        var text = new StringBuilder();
        for (var left = random.Next(maxRunes); left > 0; left--)
        {
            var rune = random.Next(6) switch
            {
                0 => "'\"\\\0\n\t%_;-"[random.Next(10)],
                1 => random.Next(0x80, 0x800),
                2 => random.Next(0x800, 0xD800),
                3 => random.Next(0x1F300, 0x1F700),
                _ => random.Next(' ', 0x7F),
            };
            text.Append(new Rune(rune));
        }
        return text.ToString();
    }

    private static byte[] RandomBytes(Random random, int max)
    {
        var bytes = new byte[random.Next(max)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        string text => $"CONVERT(X'{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}' USING utf8mb4)",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        DateTime date => $"'{date.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'",
        TimeSpan time => $"'{TimeText(time)}'",
        _ => string.Format(CultureInfo.InvariantCulture, "{0}", value),
    };

    private static string TextOf(object? value, string column) => value switch
    {
        null or DBNull => "NULL",
        string text => column == "e" ? text : Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime date => date.ToString(column == "da" ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        TimeSpan time => TimeText(time),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => string.Format(CultureInfo.InvariantCulture, "{0}", value),
    };

    private static string TimeText(TimeSpan time) => string.Create(CultureInfo.InvariantCulture,
        $"{(time < TimeSpan.Zero ? "-" : "")}{(int)time.Duration().TotalHours:00}:{time.Duration().Minutes:00}:{time.Duration().Seconds:00}.{time.Duration().Ticks / 10 % 1_000_000:000000}");
}
