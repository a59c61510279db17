using Pipe.Configuration;

namespace Pipe.Deliveries;

/// <summary>Finds the API key: in a file of its own, or in the settings.</summary>
internal static class ApiKey
{
    private const int MaxBytes = 4096;

    /// <summary>The key, or <c>null</c> with the reason, which never holds any of it.</summary>
    public static string? Read(Settings settings, out string error)
    {
        error = "";
        string? key = settings.Key;
        if (settings.KeyFile is { } file)
        {
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
                byte[] bytes = new byte[MaxBytes];
                key = System.Text.Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                error = $"the API key cannot be read: {ex.Message}";
                return null;
            }
        }

        key = key?.Trim('\uFEFF', ' ', '\t', '\r', '\n');
        if (string.IsNullOrEmpty(key))
            error = settings.KeyFile is null ? "there is no API key; set keyFile" : $"{settings.KeyFile} holds no API key";
        else if (key.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
            error = "the API key holds characters that no key has";
        return error.Length == 0 ? key : null;
    }
}
