using System.Globalization;
using System.Net;
using System.Text;
using Pipe.Faults.Desks;

namespace Pipe.Faults.Html;

/// <summary>What is stored of hostile HTML is shown to a real browser: no script runs, no request leaves, no dialog opens.</summary>
public sealed class XssTests(ITestOutputHelper output) : IDisposable
{
    private readonly PipeBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public void No_script_runs_and_no_request_leaves_from_a_stored_body()
    {
        if (BrowserRecorder.SkipReason is { } reason)
            Assert.Skip(reason);
        var all = XssPayload.ReadAll();
        Assert.True(all.Count >= 200);
        var payloads = all.Where(payload => RepositoryFiles.RunsFull || payload.Number % 10 == 0).ToList();

        using var desk = new SqliteDesk(Path.Combine(_box.Folder, "pipe.db"));
        desk.Configure(_box.Environment);
        foreach (var payload in payloads)
            _box.DeliverDone(payload.ToMail());
        var stored = desk.Rows("SELECT m.mid, e.format, e.body FROM ost_thread_entry e JOIN ost_thread_entry_email m ON m.thread_entry_id = e.id")
            .ToDictionary(row => row[0], row => row[1] == "html" ? row[2] : WebUtility.HtmlEncode(row[2]));
        var bodies = payloads.ToDictionary(
            payload => payload.Number,
            payload => stored[string.Create(CultureInfo.InvariantCulture, $"<xss-{payload.Number}@customer.test>")]);

        using var recorder = new BrowserRecorder(_box.Folder);
        var plain = payloads.Where(payload => payload.Kind == "event handlers").ToList();
        var asTheyCame = recorder.Show(plain.ToDictionary(payload => payload.Number, payload => Encoding.Latin1.GetString(payload.Html)));
        var asStored = recorder.Show(bodies);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{payloads.Count} payloads of {payloads.Select(payload => payload.Kind).Distinct().Count()} kinds: {asStored.Count} things happened in the browser; {plain.Count} of them as they came: {asTheyCame.Distinct().Count()}"));

        // Else the browser would not notice anything in the stored ones either.
        Assert.True(asTheyCame.Distinct().Count() >= plain.Count / 2, $"only {asTheyCame.Count} things happened: {string.Join("; ", asTheyCame)}");
        Assert.True(asStored.Count == 0, string.Join("\n", asStored.Distinct().Select(line => Explain(line, bodies))));
    }

    private static string Explain(string line, Dictionary<int, string> bodies) =>
        line.Split('/') is [_, "ran", var number, ..] ? $"{line}: {bodies[int.Parse(number, CultureInfo.InvariantCulture)]}" : line;
}
