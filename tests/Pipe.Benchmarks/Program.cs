using System.Globalization;
using Pipe.Benchmarks.Processes;

// usage: Pipe.Benchmarks [--no-growth] [--only TABLE] [--other COMMAND]...   the published executable, process by process;
//        TABLE is start, sqlite, mariadb, http, others, throughput, growth or trace
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await ProcessBenchmarks.RunAsync(ProcessOptions.Parse(args));
