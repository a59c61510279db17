using System.Net;
using Pipe.Store;

namespace Pipe.Commands;

/// <summary>Turns the body of a stored entry into text for a terminal.</summary>
internal static class StoredBody
{
    public static string ToText(ArchivedEntry entry) => WebUtility.HtmlDecode(entry.Body).TrimEnd();
}
