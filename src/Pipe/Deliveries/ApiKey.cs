using System.Text;
using Pipe.Configuration;
using Pipe.Platform;

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
                key = Encoding.UTF8.GetString(SmallFile.Read(file, MaxBytes));
            }
            catch (IOException ex)
            {
                error = $"the API key cannot be read: {file}: {ex.Message}";
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
