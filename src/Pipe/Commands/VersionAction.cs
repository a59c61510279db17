using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using Pipe.Platform;

namespace Pipe.Commands;

/// <summary>Prints the version, and those of the libraries that are linked in.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    private const string Library = "Library ";

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var assembly = typeof(VersionAction).Assembly;
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        output.WriteLine(version.Split('+')[0]);
        output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");

        // The build writes the versions of the packages into the assembly.
        foreach (var library in assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Where(data => data.Key.StartsWith(Library, StringComparison.Ordinal)))
            output.WriteLine($"{library.Key[Library.Length..]} {library.Value}");
        output.WriteLine($"OpenSSL {OpenSsl.Version}");
        SQLitePCL.Batteries_V2.Init();
        output.WriteLine($"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}");
        return 0;
    }
}
