namespace Pipe.Mime;

/// <summary>Media types of files.</summary>
public static class MimeTypes
{
    /// <summary>The type of a file by the extension of its name; application/octet-stream where that tells nothing.</summary>
    public static string GetMimeType(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return Path.GetExtension(fileName).ToLowerInvariant() switch
        {
            ".txt" or ".log" or ".text" => "text/plain",
            ".html" or ".htm" => "text/html",
            ".csv" => "text/csv",
            ".css" => "text/css",
            ".ics" => "text/calendar",
            ".vcf" => "text/vcard",
            ".md" => "text/markdown",
            ".xml" => "text/xml",
            ".rtf" => "text/rtf",
            ".gif" => "image/gif",
            ".jpg" or ".jpeg" or ".jpe" => "image/jpeg",
            ".png" => "image/png",
            ".bmp" => "image/bmp",
            ".svg" => "image/svg+xml",
            ".tif" or ".tiff" => "image/tiff",
            ".webp" => "image/webp",
            ".ico" => "image/x-icon",
            ".heic" => "image/heic",
            ".mp3" => "audio/mpeg",
            ".wav" => "audio/wav",
            ".ogg" => "audio/ogg",
            ".mp4" => "video/mp4",
            ".mov" => "video/quicktime",
            ".avi" => "video/x-msvideo",
            ".pdf" => "application/pdf",
            ".json" => "application/json",
            ".js" => "application/javascript",
            ".zip" => "application/zip",
            ".gz" => "application/gzip",
            ".7z" => "application/x-7z-compressed",
            ".tar" => "application/x-tar",
            ".doc" => "application/msword",
            ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".xls" => "application/vnd.ms-excel",
            ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".ppt" => "application/vnd.ms-powerpoint",
            ".pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ".odt" => "application/vnd.oasis.opendocument.text",
            ".ods" => "application/vnd.oasis.opendocument.spreadsheet",
            ".eml" => "message/rfc822",
            ".msg" => "application/vnd.ms-outlook",
            ".p7m" => "application/pkcs7-mime",
            ".p7s" => "application/pkcs7-signature",
            _ => "application/octet-stream",
        };
    }
}
