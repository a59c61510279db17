using System.Globalization;

namespace Pipe.MySql.Tests;

/// <summary>Every type once through the text protocol (no parameter) and once through the binary one.</summary>
public class ColumnTypeTests
{
    public static TheoryData<string, string, object> Values => new()
    {
        { "TINYINT", "-128", (sbyte)-128 },
        { "TINYINT UNSIGNED", "255", (byte)255 },
        { "TINYINT(1)", "1", true },
        { "BOOL", "0", false },
        { "SMALLINT", "-32768", (short)-32768 },
        { "SMALLINT UNSIGNED", "65535", (ushort)65535 },
        { "MEDIUMINT", "-8388608", -8388608 },
        { "MEDIUMINT UNSIGNED", "16777215", 16777215u },
        { "INT", "-2147483648", int.MinValue },
        { "INT UNSIGNED", "4294967295", uint.MaxValue },
        { "BIGINT", "-9223372036854775808", long.MinValue },
        { "BIGINT UNSIGNED", "18446744073709551615", ulong.MaxValue },
        { "YEAR", "2025", 2025 },
        { "BIT(1)", "b'1'", 1UL },
        { "BIT(20)", "b'10000000000000000001'", 524289UL },
        { "FLOAT", "1.5", 1.5f },
        { "DOUBLE", "-2.5e300", -2.5e300 },
        { "DECIMAL(28,10)", "-123456789012345678.0123456789", -123456789012345678.0123456789m },
        { "DECIMAL(3,0)", "0", 0m },
        { "CHAR(10)", "'grün'", "grün" },
        { "VARCHAR(20)", "'a😀b'", "a😀b" },
        { "VARCHAR(20)", "''", "" },
        { "TINYTEXT", "'t'", "t" },
        { "TEXT", "'text'", "text" },
        { "MEDIUMTEXT", "REPEAT('x', 300)", new string('x', 300) },
        { "LONGTEXT", "REPEAT('y', 70000)", new string('y', 70000) },
        { "JSON", "'{\"a\": 1}'", "{\"a\": 1}" },
        { "ENUM('Web','Email')", "'Email'", "Email" },
        { "SET('a','b','c')", "'a,c'", "a,c" },
        { "BINARY(4)", "0x00FF0102", new byte[] { 0, 255, 1, 2 } },
        { "VARBINARY(10)", "''", Array.Empty<byte>() },
        { "TINYBLOB", "0x27", new byte[] { 0x27 } },
        { "BLOB", "0xFBFCFDFEFF00", new byte[] { 0xFB, 0xFC, 0xFD, 0xFE, 0xFF, 0 } },
        { "MEDIUMBLOB", "0x01", new byte[] { 1 } },
        { "LONGBLOB", "0x02", new byte[] { 2 } },
        { "DATE", "'2025-02-28'", new DateTime(2025, 2, 28) },
        { "DATETIME", "'2025-02-28 13:14:15'", new DateTime(2025, 2, 28, 13, 14, 15) },
        { "DATETIME(6)", "'9999-12-31 23:59:59.999999'", new DateTime(9999, 12, 31, 23, 59, 59).AddMicroseconds(999999) },
        { "TIMESTAMP(3)", "'2025-02-28 00:00:00.250'", new DateTime(2025, 2, 28).AddMilliseconds(250) },
        { "TIME", "'-838:59:59'", -new TimeSpan(838, 59, 59) },
        { "TIME(6)", "'00:00:00.000001'", TimeSpan.FromMicroseconds(1) },
        { "TIME", "'00:00:00'", TimeSpan.Zero },
        { "CHAR(36)", "'c9d17f4b-8d2b-4d5a-9b1e-0123456789ab'", new Guid("c9d17f4b-8d2b-4d5a-9b1e-0123456789ab") },
    };

    [SkippableTheory]
    [MemberData(nameof(Values))]
    public void A_value_is_the_same_in_the_text_and_in_the_binary_protocol(string type, string literal, object expected)
    {
        using var connection = TestDatabase.Open();
        connection.Execute($"CREATE OR REPLACE TEMPORARY TABLE v (id INT, v {type}, n {type} NULL DEFAULT NULL)");
        connection.Execute($"INSERT INTO v (id, v) VALUES (1, {literal})");

        foreach (var command in new[] { connection.Command("SELECT v, n FROM v"), connection.Command("SELECT v, n FROM v WHERE id = @id", ("@id", 1)) })
        {
            foreach (var behavior in new[] { System.Data.CommandBehavior.Default, System.Data.CommandBehavior.SequentialAccess })
            {
                using var reader = command.ExecuteReader(behavior);
                Assert.True(reader.Read());
                Assert.Equal(expected, reader.GetValue(0));
                Assert.Equal(expected.GetType(), reader.GetFieldType(0));
                Assert.True(reader.IsDBNull(1));
                Assert.Equal(DBNull.Value, reader.GetValue(1));
                Assert.False(reader.Read());
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Values))]
    public void A_value_that_was_read_can_be_sent_as_a_parameter(string type, string literal, object expected)
    {
        using var connection = TestDatabase.Open();
        connection.Execute($"CREATE OR REPLACE TEMPORARY TABLE v (id INT, v {type}, w {type})");
        connection.Execute($"INSERT INTO v (id, v) VALUES (1, {literal})");

        Assert.Equal(1, connection.Execute("UPDATE v SET w = @v WHERE id = @id", ("@id", 1), ("@v", expected)));
        Assert.Equal(1, connection.Scalar("SELECT 1 FROM v WHERE v = w OR (v IS NULL AND w IS NULL)"));
        Assert.Equal(expected, connection.Scalar("SELECT w FROM v"));
    }

    [SkippableFact]
    public void A_zero_date_is_what_the_connection_string_says()
    {
        const string sql = "SELECT d FROM z WHERE @all";
        const string create = "SET sql_mode = ''; CREATE OR REPLACE TEMPORARY TABLE z (d DATETIME NOT NULL); INSERT INTO z VALUES ('0000-00-00 00:00:00')";

        using (var connection = TestDatabase.Open())
        {
            connection.Execute(create);
            Assert.Throws<MySqlConversionException>(() => connection.Scalar(sql, ("@all", true)));
            Assert.Throws<MySqlConversionException>(() => connection.Scalar("SELECT d FROM z"));
        }
        using (var connection = TestDatabase.Open("ConvertZeroDateTime=true"))
        {
            connection.Execute(create);
            Assert.Equal(DateTime.MinValue, connection.Scalar(sql, ("@all", true)));
            Assert.Equal(DateTime.MinValue, connection.Scalar("SELECT d FROM z"));
        }
        using (var connection = TestDatabase.Open("AllowZeroDateTime=true"))
        {
            connection.Execute(create);
            Assert.Equal(default(MySqlDateTime), connection.Scalar(sql, ("@all", true)));
            Assert.Equal(default(MySqlDateTime), connection.Scalar("SELECT d FROM z"));
            connection.Execute("INSERT INTO z VALUES (@d)", ("@d", new MySqlDateTime(2025, 2, 0, 0, 0, 0, 0)));
            Assert.Equal("2025-02-00 00:00:00", connection.Scalar("SELECT CAST(d AS CHAR) FROM z ORDER BY d DESC LIMIT 1"));
        }
    }

    [SkippableFact]
    public void Parameters_of_the_types_of_dotnet_arrive_as_what_they_are()
    {
        using var connection = TestDatabase.Open();
        (object? Value, string Expected)[] rows =
        [
            (null, "NULL"), (DBNull.Value, "NULL"), (true, "1"), ((sbyte)-1, "-1"), ((byte)200, "200"), ((short)-300, "-300"),
            ((ushort)60000, "60000"), (-70000, "-70000"), (4000000000u, "4000000000"), (long.MinValue, "-9223372036854775808"),
            (ulong.MaxValue, "18446744073709551615"), (1.25f, "1.25"), (-1e100, "-1e100"), (12.50m, "12.50"), ("it's \\ \"x\"", "it's \\ \"x\""),
            ('ß', "ß"), ("chars".AsMemory(), "chars"), (new byte[] { 0x41, 0x42 }, "AB"), (new ReadOnlyMemory<byte>([0x43]), "C"),
            (new ArraySegment<byte>([0x43, 0x44, 0x45], 1, 1), "D"), (new DateTime(2025, 1, 2, 3, 4, 5), "2025-01-02 03:04:05"),
            (new DateTime(2025, 1, 2), "2025-01-02 00:00:00"), (new DateOnly(2025, 1, 2), "2025-01-02"), (new TimeOnly(1, 2, 3), "01:02:03"),
            (TimeSpan.FromHours(-30.5), "-30:30:00"), (new DateTimeOffset(2025, 1, 2, 3, 0, 0, TimeSpan.FromHours(2)), "2025-01-02 01:00:00"),
            (new Guid("c9d17f4b-8d2b-4d5a-9b1e-0123456789ab"), "c9d17f4b-8d2b-4d5a-9b1e-0123456789ab"), (DayOfWeek.Friday, "5"),
            (new MemoryStream([0x46, 0x47]), "FG"), (new MemoryStream(), ""), (new string('z', 600_000), new string('z', 600_000)),
        ];
        foreach (var (value, expected) in rows)
        {
            var result = connection.Scalar("SELECT COALESCE(CAST(@v AS CHAR), 'NULL')", ("@v", value));
            Assert.Equal(expected, result is string text && text.EndsWith(".000000", StringComparison.Ordinal) ? text[..^7] : Convert.ToString(result, CultureInfo.InvariantCulture));
        }
        Assert.Throws<NotSupportedException>(() => connection.Scalar("SELECT @v", ("@v", new object())));
        Assert.Equal(1, connection.Scalar("SELECT 1"));
    }

    [SkippableFact]
    public void Getters_convert_between_numbers_that_fit_and_refuse_others()
    {
        using var connection = TestDatabase.Open();
        using var reader = connection.Command("SELECT 300, -1, 1.5, 'text', NULL, 1e0, CAST(18446744073709551615 AS UNSIGNED)").ExecuteReader();
        Assert.True(reader.Read());

        Assert.Equal(300, reader.GetInt16(0));
        Assert.Equal(300m, reader.GetDecimal(0));
        Assert.Equal(300.0, reader.GetDouble(0));
        Assert.True(reader.GetBoolean(0));
        Assert.Throws<OverflowException>(() => reader.GetByte(0));
        Assert.Throws<OverflowException>(() => reader.GetUInt64(1));
        Assert.Throws<OverflowException>(() => reader.GetInt64(6));
        Assert.Equal(1, reader.GetInt32(2));
        Assert.Equal(1.5, reader.GetFieldValue<double>(2));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(3));
        Assert.Throws<InvalidCastException>(() => reader.GetString(0));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(4));
        Assert.Throws<InvalidCastException>(() => reader.GetString(4));
        Assert.Equal(1, reader.GetInt32(5));
        Assert.Equal("text", reader["text"]);
        Assert.Equal(3, reader.GetOrdinal("TEXT"));
        Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("nothing"));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetValue(7));
    }
}
