namespace Pipe.MailSystems.Tests.Laboratory.Stores;

/// <summary>The ticket store of a help desk in the laboratory.</summary>
internal interface ILabStore
{
    /// <summary>Whether a delivery can be seen to wait for what <see cref="Hold"/> holds.</summary>
    bool HoldsUpDelivery { get; }

    /// <summary>The settings that lead to the store.</summary>
    IEnumerable<KeyValuePair<string, string>> Settings { get; }

    /// <summary>Has a confirmation written to who opens a ticket.</summary>
    void ConfirmTickets();

    /// <summary>Makes the store unreachable.</summary>
    void TakeDown();

    void BringBack();

    /// <summary>Holds deliveries up at the given point, until what is returned is disposed of.</summary>
    IDisposable Hold(HoldPoint point);

    /// <summary>The number that a query gives; 0 while there are no tables yet.</summary>
    long Count(string query);
}
