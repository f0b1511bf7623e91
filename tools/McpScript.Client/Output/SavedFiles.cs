namespace McpScript.Client.Output;

/// <summary>The folder that images, sounds and other bytes of results are saved in.</summary>
/// <param name="folder">The folder; null to save nothing.</param>
sealed class SavedFiles(string? folder)
{
    /// <summary>Saves some bytes under a name that is not taken.</summary>
    /// <returns>"; saved as …", or nothing.</returns>
    public string Save(ReadOnlyMemory<byte> bytes, string name, string? mimeType)
    {
        if (folder is null)
            return "";
        Directory.CreateDirectory(folder);
        var stem = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-') is { Length: > 0 } cleaned ? cleaned : "result";
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(folder, $"{stem}{(number == 1 ? "" : $"-{number}")}{Extension(mimeType)}");
            if (File.Exists(path))
                continue;
            using var file = new FileStream(path, FileMode.CreateNew);
            file.Write(bytes.Span);
            return $"; saved as {path}";
        }
    }

    static string Extension(string? mimeType) => mimeType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        "image/svg+xml" => ".svg",
        "audio/wav" or "audio/x-wav" => ".wav",
        "audio/mpeg" => ".mp3",
        "audio/ogg" => ".ogg",
        "application/pdf" => ".pdf",
        "application/json" => ".json",
        "text/plain" => ".txt",
        _ => ".bin",
    };
}
