using System.Globalization;
using System.Text;
using Pipe.Benchmarks;

// usage: Pipe.Benchmarks [FOLDER...]   throughput over the messages in the folders, and the linearity tables
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

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
