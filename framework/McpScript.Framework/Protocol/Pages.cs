using System.Collections.Immutable;
using ModelContextProtocol.Server;
using McpScript.Catalogs;

namespace McpScript.Protocol;

/// <summary>Cuts lists into pages; a cursor is the last id of the page before, so that it stays meaningful when the catalog changes in between.</summary>
static class Pages
{
    /// <summary>The page after a cursor.</summary>
    /// <param name="items">In listing order.</param>
    /// <param name="cursor">Null for the first page.</param>
    /// <param name="size">The most that a page holds; at least 1.</param>
    /// <returns>The items and the next cursor, null on the last page.</returns>
    public static (ReadOnlyMemory<CatalogItem<T>> Items, string? Next) After<T>(ImmutableArray<CatalogItem<T>> items, string? cursor, int size) where T : IMcpServerPrimitive
    {
        var start = cursor is null ? 0 : FirstAfter(items, Decode(cursor));
        var page = items.AsMemory().Slice(start, Math.Min(items.Length - start, size));
        return (page, start + page.Length < items.Length ? Encode(page.Span[^1].Id) : null);
    }

    /// <summary>The cursor that continues after an id.</summary>
    public static string Encode(string id) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(id));

    /// <summary>The id that a cursor stands for.</summary>
    /// <exception cref="ModelContextProtocol.McpProtocolException">It is not one of ours (-32602).</exception>
    public static string Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : throw new ModelContextProtocol.McpProtocolException("The cursor is not one of this server's; start again without one.", ModelContextProtocol.McpErrorCode.InvalidParams);
    }

    static int FirstAfter<T>(ImmutableArray<CatalogItem<T>> items, string id) where T : IMcpServerPrimitive
    {
        var (low, high) = (0, items.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(items[middle].Id, id) <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
