using System.Net;
using Pipe.Store;
using Pipe.Tickets.Notifications;

namespace Pipe.Commands;

/// <summary>Turns the body of a stored entry into text for a terminal.</summary>
internal static class StoredBody
{
    // Text is stored with HTML's special characters escaped.
    public static string ToText(ArchivedEntry entry) =>
        (entry.Format == BodyFormat.Html ? HtmlToText.Convert(entry.Body) : WebUtility.HtmlDecode(entry.Body)).TrimEnd();
}
