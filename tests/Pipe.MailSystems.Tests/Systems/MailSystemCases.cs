using Pipe.MailSystems.Tests.Laboratory;
using Pipe.MailSystems.Tests.Laboratory.Stores;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>
/// What holds with every mail system: mail becomes tickets, waits while tickets cannot be made, is never returned to its
/// sender, and never becomes two tickets.
/// </summary>
/// <param name="system">The mail system.</param>
/// <param name="database">The database server, or <c>null</c> for the embedded store.</param>
internal sealed class MailSystemCases(MailSystem system, MariaDbServer? database = null) : IDisposable
{
    private const string Customer = "customer@lab.test";
    private const string Ok = "ok";

    private readonly Lazy<Lab> _lab = new(() => Lab.Start(system, database));

    private Lab Lab => _lab.Value;

    private HelpDesk Desk => Lab.Desk;

    /// <summary>Everything, one after the other on the same machine: starting one takes longer than all of this.</summary>
    public void Run()
    {
        Case("delivered", Delivered);
        Case("envelope", Envelope);
        Case("store down", StoreDown);
        Case("killed before", KilledBeforeCommit);
        Case("killed after", KilledAfterCommit);
        Case("API down", ApiDown);
        Case("hostile", Hostile);
        BouncesWouldBeSeen();
    }

    /// <summary>What depends on the store.</summary>
    public void RunStore()
    {
        Case("delivered", Delivered);
        Case("store down", StoreDown);
        Case("killed before", KilledBeforeCommit);
        Case("killed in commit", KilledInCommit);
        Case("killed after", KilledAfterCommit);
        Case("hostile", Hostile);
    }

    public void Dispose()
    {
        if (_lab.IsValueCreated)
            _lab.Value.Dispose();
    }

    private string Delivered()
    {
        var mail = TestMail.Create("delivered");
        Lab.Inject(Customer, HelpDesk.Address, mail.Bytes);

        WaitForTicket(mail);
        NothingIsLeft();
        return Ok;
    }

    private string Envelope()
    {
        string recipient = system.Delimiter is { } delimiter ? $"support{delimiter}42@lab.test" : HelpDesk.Address;
        var mail = TestMail.Create("envelope");
        Lab.Inject(Customer, recipient, mail.Bytes);
        WaitForTicket(mail);
        var line = Desk.Outcomes()[^1];
        Assert.Equal(system.Caller, line.GetProperty("caller").GetString());
        Assert.StartsWith("customer@", line.GetProperty("sender").GetString(), StringComparison.Ordinal);
        Assert.Equal(system.TellsRecipient ? recipient : HelpDesk.Address, line.GetProperty("recipient").GetString());
        if (system.Delimiter is not null && system.TellsRecipient)
            Assert.Equal("42", line.GetProperty("extension").GetString());

        // The null reverse-path of a bounce.
        var bounce = TestMail.Create("null sender");
        Lab.Inject("", HelpDesk.Address, bounce.Bytes);
        WaitForTicket(bounce);
        Assert.Equal("", Desk.Outcomes()[^1].GetProperty("sender").GetString());
        NothingIsLeft();
        return Ok;
    }

    private string StoreDown()
    {
        var mail = TestMail.Create("store down");
        int before = Desk.Outcomes().Count;
        Desk.Store.TakeDown();
        Lab.Inject(Customer, HelpDesk.Address, mail.Bytes);
        WaitForDeferral(before);
        WaitsInQueue();

        Desk.Store.BringBack();
        Redeliver(mail);
        return Ok;
    }

    private string KilledBeforeCommit() => KilledAt(HoldPoint.Write, "killed before");

    // The server has been told to commit, and does so although nobody hears its answer any more.
    private string KilledInCommit() => KilledAt(HoldPoint.Commit, "killed in commit");

    private string KilledAt(HoldPoint point, string name)
    {
        var mail = TestMail.Create(name);
        using (Desk.Store.Hold(point))
        {
            InjectInBackground(mail);
            Desk.KillHanging(isHeld: true);
        }

        Redeliver(mail);
        return Ok;
    }

    private string KilledAfterCommit()
    {
        var mail = TestMail.Create("killed after");
        Desk.Configure(null, hangs: true);
        InjectInBackground(mail);
        Wait.Until(() => Desk.Entries(mail.MessageId) == 1, "the entry is committed", Lab.Describe);
        Desk.KillHanging(isHeld: false);

        Desk.Configure(null);
        Redeliver(mail);
        return Ok;
    }

    private string ApiDown()
    {
        var mail = TestMail.Create("API down");
        int before = Desk.Outcomes().Count;
        Desk.Configure(HelpDeskApi.Url);
        Lab.Inject(Customer, HelpDesk.Address, mail.Bytes);
        WaitForDeferral(before);
        WaitsInQueue();

        using (var api = HelpDeskApi.Start(Lab.Root))
        {
            FlushUntil(() => api.Count(mail.MessageId) > 0, "the mail is posted");
            NothingIsLeft();
            Assert.Equal(1, api.Count(mail.MessageId));
        }

        Desk.Configure(null);
        return Ok;
    }

    private string Hostile()
    {
        int before = Answered();
        int taken = 0;
        var refused = new List<string>();
        foreach (var (name, message) in HostileMail.All())
        {
            if (system.ReturnsItself.Contains(name))
                continue;
            if (Lab.TryInject(Customer, HelpDesk.Address, message))
                taken++;
            else
                refused.Add(name);
        }

        FlushUntil(() => Lab.Queued() == 0, "all of it is dealt with");
        NothingIsLeft();
        Assert.Equal(taken, Answered() - before);
        Assert.True(taken >= HostileMail.All().Count() / 2, "refused by the mail system: " + string.Join(", ", refused));
        return $"ok ({taken})";
    }

    // All of the above looks for bounces; so a bounce must be something that can be seen.
    private void BouncesWouldBeSeen()
    {
        if (system.Tree is null)
            return;
        const string Nobody = "nobody-of-that-name@lab.test";
        if (Lab.TryInject(Customer, Nobody, TestMail.Create("to nobody").Bytes))
        {
            Wait.Until(() => Lab.Bounces().Contains(Nobody, StringComparison.Ordinal), "a bounce", Lab.Describe);
            return;
        }

        // Refused at once. Then at least the mailbox that bounces go to is the one that is looked at.
        var mail = TestMail.Create("to the customer");
        Lab.Inject("", Customer, mail.Bytes);
        Wait.Until(() => Lab.Bounces().Contains(mail.Subject, StringComparison.Ordinal), "a mail to the customer", Lab.Describe);
    }

    private int Answered() => Desk.Outcomes().Count(line => line.GetProperty("exit").GetInt32() == 0);

    private void Case(string name, Func<string> test) => ResultTable.Record(system.Name, name, test);

    private void WaitForTicket(TestMail mail)
    {
        Wait.Until(() => Desk.Entries(mail.MessageId) > 0, "a ticket", Lab.Describe);
        Wait.Until(() => Lab.Queued() == 0, "an empty queue", Lab.Describe);
        IsOneTicket(mail);
    }

    private void WaitForDeferral(int outcomesBefore) => Wait.Until(
        () => Desk.Outcomes().Skip(outcomesBefore).Any(line => line.GetProperty("exit").GetInt32() == 75), "a deferral", Lab.Describe);

    private void WaitsInQueue()
    {
        Wait.Until(() => Lab.Queued() == 1, "one mail in the queue", Lab.Describe);
        NothingBounced();
    }

    // With some mail systems, handing over a mail takes as long as delivering it.
    private void InjectInBackground(TestMail mail) =>
        new Thread(() => Lab.TryInject(Customer, HelpDesk.Address, mail.Bytes)) { IsBackground = true }.Start();

    private void Redeliver(TestMail mail)
    {
        FlushUntil(() => Desk.Entries(mail.MessageId) > 0 && Lab.Queued() == 0, "the mail is delivered again");
        IsOneTicket(mail);
        NothingIsLeft();
    }

    private void FlushUntil(Func<bool> condition, string what)
    {
        Lab.Flush();
        int rounds = 0;
        Wait.Until(
            () =>
            {
                if (condition())
                    return true;
                if (++rounds % 40 == 0)
                    Lab.Flush();
                return false;
            },
            what, Lab.Describe);
    }

    private void IsOneTicket(TestMail mail)
    {
        Assert.Equal(1, Desk.Entries(mail.MessageId));
        Assert.Equal(1, Desk.Tickets(mail.Subject));
    }

    private void NothingIsLeft()
    {
        Wait.Until(() => Lab.Queued() == 0, "an empty queue", Lab.Describe);
        NothingBounced();
    }

    private void NothingBounced() => Assert.Equal("", Lab.Bounces());
}
