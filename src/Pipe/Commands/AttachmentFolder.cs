using System.Globalization;
using System.Text;
using Pipe.Store;

namespace Pipe.Commands;

/// <summary>Writes the files of a ticket into a folder, whatever the mails call them.</summary>
internal static class AttachmentFolder
{
    private const int MaxNameBytes = 150;

    /// <summary>Writes every file; existing files are left alone, the new one then gets a number.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static void Write(TicketArchive archive, ArchivedTicket ticket, string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        foreach (var entry in ticket.Thread)
        {
            foreach (var attachment in entry.Attachments)
            {
                using var stream = CreateNew(folder, SafeName(attachment.Name), out string path);
                archive.CopyFile(attachment.FileId, stream);
                output.WriteLine($"    wrote {Printable.Line(path)}");
            }
        }
    }

    /// <summary>A file name that stays in its folder, is not hidden, and means nothing to a shell or a terminal.</summary>
    internal static string SafeName(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            bool fits = Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-' or '_' or '(' or ')' or '+' or ',' or '@' or ' ';
            string text = fits ? rune.ToString() : "_";
            if (Encoding.UTF8.GetByteCount(safe.ToString()) + Encoding.UTF8.GetByteCount(text) > MaxNameBytes)
                break;
            safe.Append(text);
        }

        string result = safe.ToString().Trim(' ').TrimStart('.', '-', ' ');
        return result.Length == 0 ? "attachment" : result;
    }

    private static FileStream CreateNew(string folder, string name, out string path)
    {
        for (int number = 1; ; number++)
        {
            path = Path.Combine(folder, number == 1
                ? name
                : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}"));

            // Never over or through something that is there, a link included.
            if (!Path.Exists(path) && new FileInfo(path).LinkTarget is null)
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
    }
}
