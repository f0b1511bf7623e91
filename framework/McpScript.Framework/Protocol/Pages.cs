using System.Collections.Immutable;
using McpScript.Catalogs;
using ModelContextProtocol.Server;

namespace McpScript.Protocol;

/// <summary>Splits lists into pages. A cursor is the last id of the previous page, so that it stays valid if the catalog changes in between.</summary>
static class Pages
{
    /// <summary>Returns the page after a cursor.</summary>
    /// <param name="items">The items in listing order.</param>
    /// <param name="cursor">The cursor; null for the first page.</param>
    /// <param name="size">The largest number of items of a page; at least 1.</param>
    /// <returns>The items and the next cursor, which is null on the last page.</returns>
    public static (ReadOnlyMemory<CatalogItem<T>> Items, string? Next) After<T>(ImmutableArray<CatalogItem<T>> items, string? cursor, int size)
        where T : IMcpServerPrimitive
    {
        var start = cursor is null ? 0 : FirstAfter(items, Decode(cursor));
        var page = items.AsMemory().Slice(start, Math.Min(items.Length - start, size));
        return (page, start + page.Length < items.Length ? Encode(page.Span[^1].Id) : null);
    }

    /// <summary>Returns the cursor for the page after an id.</summary>
    public static string Encode(string id) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(id));

    /// <summary>Returns the id in a cursor.</summary>
    /// <exception cref="ModelContextProtocol.McpProtocolException">The cursor was not issued by this server (-32602).</exception>
    public static string Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : throw new ModelContextProtocol.McpProtocolException(
                "The cursor is not one of this server's; start again without one.", ModelContextProtocol.McpErrorCode.InvalidParams);
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
