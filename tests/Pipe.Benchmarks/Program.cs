using System.Globalization;
using System.Text;
using Pipe.Benchmarks;
using Pipe.Benchmarks.Processes;

// usage: Pipe.Benchmarks processes [--no-growth] [--only TABLE] [--other COMMAND]...   the published executable, process by process;
//            TABLE is start, sqlite, mariadb, http, others, throughput, growth or trace
//        Pipe.Benchmarks [FOLDER...]   throughput over the messages in the folders, and the linearity tables
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is ["processes", ..])
{
    await ProcessBenchmarks.RunAsync(ProcessOptions.Parse(args.AsSpan(1)));
    return;
}

string[] folders = args.Length > 0 ? args : ["samples/messages", "../shared/mime/messages"];
byte[][] messages = [.. folders.Where(Directory.Exists)
    .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.eml"))
    .Order(StringComparer.Ordinal)
    .Select(File.ReadAllBytes)];

Console.WriteLine($"library: {typeof(MimeMessage).Assembly.GetName().Name}");
if (messages.Length == 0)
    Console.WriteLine("no messages in " + string.Join(", ", folders));
else
    ThroughputBenchmark.Run(messages);
LinearityBenchmark.Run();
LargeMessageBenchmark.Run();
