using System.Globalization;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>A running mail system that hands mail for the support address to the executable, set up by the printed recipe.</summary>
internal sealed class Lab : IDisposable
{
    private readonly MailSystem _system;
    private readonly string _script;

    private Lab(MailSystem system)
    {
        _system = system;
        Root = LabRoot.Start(system.Tree);
        _script = "/lab/" + system.Script;
        File.Copy(Path.Combine(LabPackages.Scripts, system.Script), Path.Combine(Root.Folder, system.Script));
    }

    public LabRoot Root { get; }

    public HelpDesk Desk { get; private set; } = null!;

    /// <summary>Starts the mail system, with a help desk over an embedded store or somebody's database.</summary>
    public static Lab Start(MailSystem system, MariaDbServer? database)
    {
        var lab = new Lab(system);
        try
        {
            lab.SetUp(database);
            return lab;
        }
        catch
        {
            lab.Dispose();
            throw;
        }
    }

    /// <summary>Hands a message to the mail system, as a mail that has come in.</summary>
    /// <returns>Whether the mail system took it.</returns>
    public bool TryInject(string sender, string recipient, byte[] message) => Script(message, "inject", sender, recipient).ExitCode == 0;

    public void Inject(string sender, string recipient, byte[] message) => _ = Script(message, "inject", sender, recipient).Text;

    /// <summary>Has the queue run now.</summary>
    public void Flush() => _ = Script(null, "flush");

    public int Queued() => int.Parse(Script(null, "queued").Text.Trim(), CultureInfo.InvariantCulture);

    /// <summary>What the sender has got back.</summary>
    public string Bounces() => Script(null, "bounces").Text;

    /// <summary>What there is to see when something is wrong.</summary>
    public string Describe() =>
        $"""
        queued: {Script(null, "queued").Output}
        bounces: {Script(null, "bounces").Output}
        system log:
        {Root.Syslog}
        log of the mail system:
        {Script(null, "log").Output}
        log of the executable:
        {string.Join('\n', Desk.Log().TakeLast(20))}
        """;

    public void Dispose() => Root.Dispose();

    private void SetUp(MariaDbServer? database)
    {
        _ = Script(null, "prepare", _system.Variant).Text;
        Desk = new HelpDesk(Root, _system, database);
        string? entered = _system.Forwarder is { } forwarder ? TakeOver(forwarder) : ApplyRecipe();
        if (entered is not null)
            _ = Script(null, "enter", entered).Text;
        _ = Script(null, "start").Text;
    }

    private string? ApplyRecipe()
    {
        string recipe = Root.Shell($"HOME=~{_system.Account} /opt/pipe/pipe setup {_system.Recipe} {HelpDesk.Address}").Text;
        return RecipeScript.Apply(Root, recipe, _system.Account);
    }

    // As somebody who has nothing but a hosting account.
    private string TakeOver(string forwarder)
    {
        string done = Root.Shell($"setpriv --reuid {_system.Account} --regid {_system.Account} --clear-groups /opt/pipe/pipe setup takeover {HelpDesk.Installation}").Text;
        Assert.Contains($"{HelpDesk.Installation}/api/pipe.php is this program now", done, StringComparison.Ordinal);
        return forwarder;
    }

    private ShellResult Script(byte[]? input, params string[] arguments) => Root.Run(input, ["bash", _script, .. arguments]);
}
