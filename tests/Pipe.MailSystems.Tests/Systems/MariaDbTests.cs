using Pipe.MailSystems.Tests.Laboratory;
using Pipe.MailSystems.Tests.Laboratory.Stores;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>The mail systems with an osTicket installation's database behind the executable.</summary>
public sealed class MariaDbTests(LabDatabase database) : IClassFixture<LabDatabase>
{
    private static readonly IReadOnlyDictionary<string, MailSystem> Known =
        ((MailSystem[])[
            CPanelTests.Description, PostfixAliasTests.Description, PostfixPipeTests.Description,
            SendmailTests.Description, ProcmailTests.Description, MaildropTests.Description,
            TakenOver.Direct, TakenOver.ByPhp,
        ]).ToDictionary(system => system.Name);

    public static TheoryData<string> Names => new(Known.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Mail_becomes_one_ticket_each_and_waits_for_the_database(string name)
    {
        var system = Known[name];
        if ((LabPackages.WhyNot(system.Tree) ?? MariaDbServer.SkipReason) is { } reason)
            Assert.Skip(reason);
        using var cases = new MailSystemCases(system with { Name = name + " + MariaDB" }, database.Server);

        cases.RunStore();
    }
}
