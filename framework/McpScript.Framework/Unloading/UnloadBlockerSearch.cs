using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using McpScript.Model;

namespace McpScript.Unloading;

/// <summary>Finds the places in a plugin's code that would keep it in memory after an unload, by static analysis.</summary>
static class UnloadBlockerSearch
{
    /// <summary>Returns each place as a problem, except uses that the code also ends.</summary>
    public static IReadOnlyList<PluginProblem> Find(AssemblyImage image)
    {
        using var stream = new MemoryStream(image.Assembly.AsSpan().ToArray(), writable: false);
        using var reader = new PEReader(stream);
        var metadata = reader.GetMetadataReader();
        var uses = IlScanner.Uses(reader, metadata).ToList();
        var pinned = uses.Select(use => (Use: use, Pin: PinOf(use, uses))).Where(found => found.Pin is not null).ToList();
        if (pinned.Count == 0)
            return [];
        // A DLL may have symbols in the older Windows-only format, which cannot be read here.
        using var symbols = image.Symbols.AsSpan().StartsWith("BSJB"u8) ? MetadataReaderProvider.FromPortablePdbImage(image.Symbols) : null;
        return [.. pinned.Select(found => Problem(found.Pin!, symbols?.GetMetadataReader(), found.Use, image)).Distinct()];
    }

    static UnloadBlocker? PinOf(MemberUse use, List<MemberUse> all)
    {
        var pin = UnloadBlockerRules.Known.FirstOrDefault(known => known.Code is not null && use.Member.Is(known.Type, known.Member))
            ?? UnloadBlockerRules.StaticEvent(use.Member);
        if (pin is null || (pin.WithoutOptions && !(use.Member.IsGeneric && use.AfterNull)))
            return null;
        return all.Any(other => IsCure(pin, use, other)) ? null : pin;
    }

    static bool IsCure(UnloadBlocker pin, MemberUse use, MemberUse other) =>
        pin.Cures.Any(cure => cure.Split("::") is [var type, var name] && other.Member.Is(type, name))
        || (pin.CuredByUsing && other.Method == use.Method && other.Member.Type is "System.IDisposable" or "System.IAsyncDisposable");

    static PluginProblem Problem(UnloadBlocker pin, MetadataReader? symbols, MemberUse use, AssemblyImage image)
    {
        var message = $"This keeps the plugin in memory after an unload: {pin.Advice}.";
        if (symbols is null || PointOf(symbols, use) is not { } point)
            return new(message, pin.Code, image.Location.Path);
        var file = symbols.GetString(symbols.GetDocument(point.Document).Name);
        return new(message, pin.Code, file, point.StartLine, point.StartColumn, ExceptionText.LineOf(file, point.StartLine));
    }

    static SequencePoint? PointOf(MetadataReader symbols, MemberUse use)
    {
        var points = symbols.GetMethodDebugInformation(use.Method.ToDebugInformationHandle()).GetSequencePoints()
            .Where(point => !point.IsHidden && point.Offset <= use.Offset).ToImmutableArray();
        return points.IsEmpty ? null : points.MaxBy(point => point.Offset);
    }
}
