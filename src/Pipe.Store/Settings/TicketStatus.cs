using System.Text.Json;

namespace Pipe.Store.Settings;

/// <summary>A ticket status.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">open, closed, archived or deleted.</param>
/// <param name="AllowsReopen">Whether an answer may open the ticket again.</param>
/// <param name="ReopenStatusId">The status it then gets, 0 for the default; <c>null</c> where the status does not say, and then it stays closed.</param>
internal sealed record TicketStatus(int Id, string Name, string State, bool AllowsReopen, int? ReopenStatusId)
{
    public bool IsOpen => State == "open";

    public bool IsClosed => State == "closed";

    /// <summary>Whether a ticket of this status takes messages from its users.</summary>
    public bool IsReopenable => !IsClosed || (AllowsReopen && ReopenStatusId is not null);

    public static TicketStatus Parse(int id, string name, string state, string properties)
    {
        bool allowsReopen = false;
        int? reopenStatusId = null;
        using var json = JsonText.TryParseObject(properties);
        if (json is not null)
        {
            allowsReopen = json.RootElement.TryGetProperty("allowreopen", out var allow) && JsonText.IsTruthy(allow);
            if (json.RootElement.TryGetProperty("reopenstatus", out var reopen) && reopen.ValueKind != JsonValueKind.Null)
                reopenStatusId = JsonText.ToInt(reopen);
        }

        return new TicketStatus(id, name, state, allowsReopen, reopenStatusId);
    }
}
