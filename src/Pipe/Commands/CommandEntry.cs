using System.CommandLine;

namespace Pipe.Commands;

/// <summary>A command for people.</summary>
/// <param name="Name">The word that the command line begins with.</param>
/// <param name="Create">Builds the command.</param>
internal sealed record CommandEntry(string Name, Func<CommandServices, Command> Create);
