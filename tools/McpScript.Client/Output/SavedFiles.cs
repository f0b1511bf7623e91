namespace McpScript.Client.Output;

/// <summary>Folder for images, audio and other binary content of results.</summary>
/// <param name="folder">Path of the folder, created if missing; null to save nothing.</param>
sealed class SavedFiles(string? folder)
{
    /// <summary>Saves bytes under a name that is not in use: <c>name.png</c>, <c>name-2.png</c> and so on.</summary>
    /// <returns>"; saved as PATH", or an empty text if nothing is saved.</returns>
    public string Save(ReadOnlyMemory<byte> bytes, string name, string? mimeType)
    {
        if (folder is null)
            return "";
        Directory.CreateDirectory(folder);
        var cleaned = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        var stem = cleaned.Length > 0 ? cleaned : "result";
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
