using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>The tests of one mail system, with the embedded store and with the API.</summary>
public abstract class MailSystemContract
{
    private protected abstract MailSystem System { get; }

    [Fact]
    public void Mail_becomes_one_ticket_each_and_waits_for_the_store_and_the_API()
    {
        if (LabPackages.WhyNot(System.Tree) is { } reason)
            Assert.Skip(reason);
        using var cases = new MailSystemCases(System);

        cases.Run();
    }
}
