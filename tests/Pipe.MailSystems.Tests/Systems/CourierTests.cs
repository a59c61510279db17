using Pipe.MailSystems.Tests.Laboratory;

namespace Pipe.MailSystems.Tests.Systems;

/// <summary>Courier.</summary>
public sealed class CourierTests : MailSystemContract
{
    private protected override MailSystem System { get; } = new()
    {
        Name = "Courier",
        Tree = "courier",
        Script = "courier.sh",
        Recipe = "courier",
        Account = "courier",
        Caller = "courier",
        Delimiter = '-',
    };
}
