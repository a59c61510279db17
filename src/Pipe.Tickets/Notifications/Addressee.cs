using Pipe.Tickets.Threading;

namespace Pipe.Tickets.Notifications;

/// <summary>Somebody a mail is for.</summary>
/// <param name="Person">Name and address.</param>
/// <param name="Class">What a Message-ID says about him.</param>
/// <param name="Id">The user's or agent's id; 0 for others.</param>
/// <param name="Variable">What <c>%{recipient}</c> stands for.</param>
internal sealed record Addressee(Correspondent Person, AddresseeClass Class, long Id, TemplateValue Variable);
