using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipe.Faults.Html;

/// <summary>
/// Shows bodies to a real Chromium and notes all that they make it do. Every name resolves to this server, so that a request
/// to anywhere arrives here; dialogs are replaced by requests.
/// </summary>
internal sealed class BrowserRecorder : IDisposable
{
    private const string PageHost = "page.test";
    private const string HostileHost = "leak.test";
    private const int Attempts = 3;
    private const int BodiesAtOnce = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    // Runs before the body in the same document: what would be a dialog or a new window becomes a request that says so.
    private const string Before = """
        <script>
        (function () {
          var tell = function (what) { var r = new XMLHttpRequest(); r.open('GET', '/ran/NUMBER/' + what, false); r.send(); };
          ['alert', 'confirm', 'prompt', 'print', 'open'].forEach(function (name) { window[name] = function () { tell(name); }; });
          addEventListener('securitypolicyviolation', function () { tell('policy'); });
        })();
        </script>
        """;

    // A person reads, points and clicks. Links to the web are left alone: following those is the person's own will.
    private const string After = """
        <script>
        addEventListener('load', function () {
          document.querySelectorAll('*').forEach(function (element) {
            if (element.tagName === 'SCRIPT' && element.src === '' && element.textContent.indexOf('readsPointsAndClicks') >= 0) return;
            for (var i = 0; i < element.attributes.length; i++) {
              var name = element.attributes[i].name;
              if (name.indexOf('on') === 0) element.dispatchEvent(new Event(name.slice(2), { bubbles: false, cancelable: true }));
            }
            var link = element.href === undefined ? element.action : element.href;
            if (link && link.baseVal !== undefined) link = link.baseVal;
            if (typeof link === 'string' && link !== '' && !/^(https?|mailto|tel|ftp|cid):/i.test(link)) {
              try { if (element.click) element.click(); else element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); } catch (e) { }
            }
          });
        });
        </script>
        """;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, string> _bodies = new();
    private readonly ConcurrentQueue<string> _noted = new();
    private readonly string _folder;
    private int _profiles;

    public BrowserRecorder(string folder)
    {
        _folder = folder;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Why there is no browser, or <c>null</c>.</summary>
    public static string? SkipReason => Shell.Find("chromium", "chromium-browser", "google-chrome") is null
        ? "Chromium is not installed (Debian: apt-get install chromium)"
        : null;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Loads each body in a document of its own and returns what happened, one line each: the number and what.</summary>
    public IReadOnlyList<string> Show(IReadOnlyDictionary<int, string> bodies) =>
        [.. bodies.Chunk(BodiesAtOnce).SelectMany(chunk => ShowTogether(chunk.ToDictionary()))];

    private List<string> ShowTogether(Dictionary<int, string> bodies)
    {
        _bodies.Clear();
        foreach (var (number, body) in bodies)
            _bodies[number] = body;

        string? text = null;
        for (int attempt = 0; text is null && attempt < Attempts; attempt++)
        {
            _noted.Clear();
            text = RunBrowser();
        }

        Assert.SkipWhen(text is null, "Chromium hangs on this machine");
        Assert.Contains("all bodies are shown", text, StringComparison.Ordinal);
        return [.. _noted];
    }

    // null when it hangs, as a browser does now and then: its clock stands still while it waits for something of its own.
    private string? RunBrowser()
    {
        var start = new ProcessStartInfo(Shell.Find("chromium", "chromium-browser", "google-chrome")!,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-extensions", "--disable-default-apps", "--disable-dev-shm-usage", "--disable-domain-reliability", "--no-default-browser-check", "--mute-audio", "--disable-breakpad",
            "--user-data-dir=" + Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"chromium-{_profiles++}")),
            string.Create(CultureInfo.InvariantCulture, $"--host-resolver-rules=MAP * 127.0.0.1:{Port}"),
            "--virtual-time-budget=4000", "--dump-dom", $"http://{PageHost}/all",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEndAsync();
        if (text.Wait(Patience))
            return text.Result;
        process.Kill(entireProcessTree: true);
        return null;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                string request = await ReadHeaderAsync(stream);
                if (request.Length == 0 || request[0] < 'A')
                {
                    // TLS, which begins with a number, names the host in its first message. The browser has errands of its own.
                    if (request.Contains(HostileHost, StringComparison.Ordinal))
                        _noted.Enqueue("request with TLS to " + HostileHost);
                    return;
                }

                string path = request.Split(' ') is [_, var target, ..] ? target : "?";
                string host = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase))?[6..] ?? "?";
                byte[] answer = Encoding.UTF8.GetBytes(Answer(host, path));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {answer.Length}\r\nConnection: close\r\nCache-Control: no-store\r\n\r\n")));
                await stream.WriteAsync(answer);
            }
            catch (IOException)
            {
                // The browser has changed its mind.
            }
        }
    }

    private static async Task<string> ReadHeaderAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[16 * 1024];
        int count = 0, read;
        while (count < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(count))) > 0)
        {
            count += read;
            if (buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8) >= 0 || buffer[0] < 'A')
                break;
        }

        return Encoding.Latin1.GetString(buffer, 0, count);
    }

    private string Answer(string host, string path)
    {
        if (host == PageHost && path == "/all")
        {
            return "<!DOCTYPE html><link rel=icon href='data:,'><p>all bodies are shown</p>"
                + string.Concat(_bodies.Keys.Order().Select(number => string.Create(CultureInfo.InvariantCulture, $"<iframe src='/body/{number}' width=300 height=60></iframe>")));
        }

        if (host == PageHost && path.StartsWith("/body/", StringComparison.Ordinal)
            && int.TryParse(path.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int shown) && _bodies.TryGetValue(shown, out string? body))
        {
            return "<!DOCTYPE html><html><head><meta charset=utf-8><link rel=icon href='data:,'>"
                + Before.Replace("NUMBER", shown.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                + "</head><body><div class='thread-body'>" + body + "</div>" + After.Replace("function ()", "function readsPointsAndClicks()", StringComparison.Ordinal) + "</body></html>";
        }

        // A relative address in a body is a request to the help desk itself, as a broken image is; it tells nobody anything.
        if (host == PageHost && !path.StartsWith("/ran/", StringComparison.Ordinal))
            return "";
        if (!IsBrowsersOwn(host))
            _noted.Enqueue(host == PageHost ? path : $"request to {host}{path}");
        return "";
    }

    private static bool IsBrowsersOwn(string host) =>
        host.EndsWith("google.com", StringComparison.Ordinal) || host.EndsWith("googleapis.com", StringComparison.Ordinal) || host.EndsWith("gvt1.com", StringComparison.Ordinal);
}
