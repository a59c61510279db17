using System.Net;
using System.Net.Sockets;
using Pipe.Configuration;
using Pipe.Deliveries;
using Pipe.Remote;

namespace Pipe.Commands.Doctor;

/// <summary>Posts a message that names no sender: the help desk checks address and key, and makes no ticket of it.</summary>
internal static class ApiCheck
{
    private const string Area = "api";

    private const string Resource = "/api/tickets.email";

    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static ReadOnlySpan<byte> Probe => "Subject: pipe doctor\nX-Probe: 1\n\nThis names no sender, so that no ticket can be made of it.\n"u8;

    public static void Examine(Settings settings, Uri url, Findings findings)
    {
        if (!url.AbsolutePath.EndsWith(Resource, StringComparison.Ordinal))
            findings.Note(Area, $"{url.GetLeftPart(UriPartial.Path)} does not end in {Resource}", $"\"url\": \"{url.GetLeftPart(UriPartial.Authority)}{Resource}\"");
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            findings.Note(Area, "key and mails travel unencrypted", $"\"url\": \"https{url.AbsoluteUri["http".Length..]}\"");
        if (settings.KeyFile is { } file && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0)
            findings.Note(Area, $"the key file {file} is open to everybody on this machine", $"chmod o-rw {file}");
        if (ApiKey.Read(settings, out string error) is not { } key)
        {
            findings.Problem(Area, error, settings.KeyFile is { } missing ? $"install -o {Environment.UserName} -m 0400 /dev/stdin {missing}" : "\"keyFile\": \"/etc/pipe/key\"");
            return;
        }

        string? ownAddress = OwnAddress(url);
        using var api = TicketsEmailApi.Connect(new TicketsEmailApiOptions
        {
            Url = url,
            Key = key,
            CaFile = settings.CaFile,
            ConnectTimeout = settings.ConnectTimeout,
            RequestTimeout = settings.RequestTimeout,
        });
        using var message = RawMessage.ReadAsync(new MemoryStream(Probe.ToArray()), KeptMessages.Bounds(settings)).GetAwaiter().GetResult();
        var result = api.DeliverAsync(new DeliveryContext(message, new Envelope(), new DeliveryTrace()), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        Judge(result, url, ownAddress, findings);
    }

    private static void Judge(DeliveryResult result, Uri url, string? ownAddress, Findings findings)
    {
        string resource = url.GetLeftPart(UriPartial.Path);
        switch (result)
        {
            case DeliveryResult.Unacceptable:
                findings.Ok(Area, $"{resource} takes our key; our address there is {ownAddress ?? "not known"}");
                break;
            case DeliveryResult.Deferred { HttpStatus: 401 } deferred:
                findings.Problem(Area, deferred.Reason, $"in the admin panel under Manage, API: a key for the address {ownAddress ?? "of this machine"} with \"Can Create Tickets\" (behind NAT or a proxy it is the address that the help desk sees)");
                break;
            case DeliveryResult.Deferred { HttpStatus: 400 or 404 or 405 } deferred:
                findings.Problem(Area, deferred.Reason, $"\"url\": \"{url.GetLeftPart(UriPartial.Authority)}{Resource}\"   (with the folder of the help desk before /api, if there is one)");
                break;
            case DeliveryResult.Deferred { HttpStatus: >= 300 and < 400 } deferred:
                findings.Problem(Area, deferred.Reason, $"\"url\": \"{(url.Scheme == Uri.UriSchemeHttp ? "https" + url.AbsoluteUri["http".Length..] : "the address it redirects to")}\"");
                break;
            case DeliveryResult.Deferred deferred:
                findings.Problem(Area, deferred.Reason, $"curl -i -X POST {resource}   (says more)");
                break;
            default:
                findings.Problem(Area, $"{resource} accepted a message that names no sender: it is no osTicket", "look at what answers there");
                break;
        }
    }

    // osTicket's keys belong to an address: that of the connection as the help desk sees it.
    private static string? OwnAddress(Uri url)
    {
        try
        {
            using var socket = new TcpClient();
            socket.Connect(url.DnsSafeHost, url.Port);
            return (socket.Client.LocalEndPoint as IPEndPoint)?.Address is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
