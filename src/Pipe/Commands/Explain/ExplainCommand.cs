using System.CommandLine;
using System.Data.Common;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.MailSystems;
using Pipe.Store;

namespace Pipe.Commands.Explain;

/// <summary><c>pipe explain</c>: what would become of a message, and why; nothing is written.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandServices services)
    {
        var file = new Argument<string>("file") { Description = "The file with the message; - for standard input." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var sender = new Option<string>("--sender") { Description = "The envelope sender.", HelpName = "address" };
        var recipient = new Option<string>("--recipient") { Description = "The envelope recipient.", HelpName = "address" };
        var extension = new Option<string>("--extension") { Description = "The address extension.", HelpName = "text" };
        var command = new Command("explain", "Says what would become of a message, and why, without writing anything.") { file, json, sender, recipient, extension };
        command.SetAction(parsed =>
        {
            var settings = services.LoadSettings(parsed);
            if (settings.Errors.Count > 0)
                return CommandServices.Fail($"{settings.Errors[0]}; until that is mended every mail waits (exit code 75)");

            var envelope = new EnvelopeOptions
            {
                Sender = parsed.GetValue(sender),
                Recipient = parsed.GetValue(recipient),
                Extension = parsed.GetValue(extension),
            };
            return Run(settings, services.Sources, parsed.GetRequiredValue(file), envelope, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    private static int Run(Settings settings, SettingsSources sources, string file, EnvelopeOptions options, bool asJson, TextWriter output)
    {
        try
        {
            using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            using var message = RawMessage.ReadAsync(input, KeptMessages.Bounds(settings)).GetAwaiter().GetResult();
            var context = new DeliveryContext(message, EnvelopeReader.Read(options, sources.Environment, message), new DeliveryTrace());
            var report = new MailExplanation(settings, sources, context).Write();
            if (asJson)
                report.PrintJson(output);
            else
                report.Print(output);
            return (int)ExitCode.Done;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or StoreException or DbException)
        {
            return CommandServices.Fail($"{ex.Message}; a mail would wait (exit code 75)");
        }
    }
}
