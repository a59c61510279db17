using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pipe.MySql.Tests;

/// <summary>The recorded bytes of a real server's session, damaged with a fixed seed, played to the provider.</summary>
public class HostileServerTests
{
    [SkippableFact]
    public void A_damaged_stream_never_hangs_never_crashes_and_takes_no_memory_for_what_did_not_come()
    {
        var recorded = Record();
        var rounds = TestScale.IsFull ? 20_000 : 1_500;
        var random = new Random(42);
        var (exceptions, read) = (0, 0);
        long mostAllocated = 0;
        for (var round = 0; round < rounds; round++)
        {
            var stream = Damage(recorded, random);
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            using var connection = new MySqlConnection(
                $"Server=127.0.0.1;Port={((IPEndPoint)listener.LocalEndPoint!).Port};User ID=u;Password=p;SslMode=None;ConnectionTimeout=3;DefaultCommandTimeout=3;CancellationTimeout=-1");

            // All of it is sent before the client speaks; then nothing more will ever come.
            var player = new Thread(() =>
            {
                try
                {
                    using var client = listener.Accept();
                    client.Send(stream);
                    client.Shutdown(SocketShutdown.Send);
                    while (client.Receive(new byte[4096]) > 0)
                    {
                    }
                }
                catch (SocketException)
                {
                    // The client has left.
                }
            })
            { IsBackground = true };
            player.Start();

            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Session(connection);
                read++;
            }
            catch (Exception ex) when (ex is MySqlException or InvalidCastException or OverflowException or MySqlConversionException or FormatException or InvalidOperationException)
            {
                exceptions++;
            }
            mostAllocated = Math.Max(mostAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
            connection.Dispose();
            player.Join();
        }
        Assert.True(exceptions > rounds / 2);
        Assert.True(mostAllocated < 20_000_000, $"{mostAllocated} bytes were allocated");
        TestScale.Report(string.Create(CultureInfo.InvariantCulture,
            $"damaged server streams (seed 42): {rounds}, {exceptions} exceptions, {read} read to the end, most memory allocated in one {mostAllocated / 1024} KiB"));
    }

    private static byte[] Record()
    {
        var server = TestDatabase.Server;
        using (var setup = TestDatabase.Open())
        {
            setup.Execute("CREATE OR REPLACE TABLE hostile (id INT, s TEXT, b BLOB, d DATETIME, n DECIMAL(10,2), t TIME, f DOUBLE)");
            setup.Execute("INSERT INTO hostile VALUES (1, REPEAT('x', 300), 0x0001FF, '2025-01-02 03:04:05', 1.5, '10:11:12', 2.5), (2, NULL, NULL, NULL, NULL, NULL, NULL)");
        }
        using var recorder = new RecordingProxy(server.Port);
        using var connection = new MySqlConnection(
            $"Server=127.0.0.1;Port={recorder.Port};User ID={server.User};Password={server.Password};Database={TestDatabase.Name};SslMode=None");
        Session(connection);
        connection.Close();
        return recorder.FromServer();
    }

    private static void Session(MySqlConnection connection)
    {
        connection.Open();
        using (var reader = connection.Command("SELECT * FROM hostile").ExecuteReader())
        {
            while (reader.Read())
                reader.GetValues(new object[reader.FieldCount]);
        }
        using (var reader = connection.Command("SELECT * FROM hostile WHERE id > @id", ("@id", 0)).ExecuteReader())
        {
            while (reader.Read())
                reader.GetValues(new object[reader.FieldCount]);
        }
        using (var reader = connection.Command("SELECT * FROM hostile WHERE id > @id", ("@id", 0)).ExecuteReader(System.Data.CommandBehavior.SequentialAccess))
        {
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    _ = reader.GetValue(i);
            }
        }
        connection.Execute("UPDATE hostile SET s = 'y' WHERE id = @id", ("@id", 7));
    }

    private static byte[] Damage(byte[] recorded, Random random)
    {
        var stream = (byte[])recorded.Clone();
        switch (random.Next(4))
        {
            case 0: // flipped bytes
                for (var i = random.Next(1, 6); i > 0; i--)
                    stream[random.Next(stream.Length)] = (byte)random.Next(256);
                return stream;
            case 1: // cut short
                return stream[..random.Next(stream.Length)];
            case 2: // a piece taken out
                var from = random.Next(stream.Length);
                var to = Math.Min(stream.Length, from + random.Next(1, 40));
                return [.. stream[..from], .. stream[to..]];
            default: // a piece put in
                var at = random.Next(stream.Length);
                var piece = new byte[random.Next(1, 40)];
                random.NextBytes(piece);
                return [.. stream[..at], .. piece, .. stream[at..]];
        }
    }
}
