using System.Text.Json;

namespace McpScript.Loading;

/// <summary>The host's store of one plugin name's values, shared by the generations that follow each other.</summary>
/// <remarks>Values are kept as serialized text: no node, and so no type, of an older generation is ever handed to a newer one.</remarks>
sealed class PluginState
{
    readonly Lock _lock = new();
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>A view for one generation; what it writes stays its own until <see cref="View.Commit"/>.</summary>
    public View Open(JsonSerializerOptions options) => new(this, options);

    /// <summary>One generation's view.</summary>
    public sealed class View(PluginState store, JsonSerializerOptions options) : IPluginState
    {
        // Null for a removal. The whole dictionary is null once committed: from then on writes go straight to the store.
        Dictionary<string, string?>? _pending = new(StringComparer.Ordinal);

        /// <inheritdoc/>
        public IReadOnlyCollection<string> Keys
        {
            get
            {
                lock (store._lock)
                {
                    var keys = store._values.Keys.ToHashSet(StringComparer.Ordinal);
                    foreach (var (key, value) in _pending ?? [])
                        _ = value is null ? keys.Remove(key) : keys.Add(key);
                    return keys;
                }
            }
        }

        /// <inheritdoc/>
        public T? Get<T>(string key, T? fallback = default)
        {
            lock (store._lock)
                return Read(key) is { } json ? JsonSerializer.Deserialize<T>(json, options) : fallback;
        }

        /// <inheritdoc/>
        public void Set<T>(string key, T value)
        {
            var json = JsonSerializer.Serialize(value, options);
            lock (store._lock)
                Write(key, json);
        }

        /// <inheritdoc/>
        public T Update<T>(string key, Func<T?, T> update)
        {
            lock (store._lock)
            {
                var value = update(Read(key) is { } json ? JsonSerializer.Deserialize<T>(json, options) : default);
                Write(key, JsonSerializer.Serialize(value, options));
                return value;
            }
        }

        /// <inheritdoc/>
        public bool Remove(string key)
        {
            lock (store._lock)
            {
                var existed = Read(key) is not null;
                if (existed)
                    Write(key, null);
                return existed;
            }
        }

        /// <summary>Makes the writes so far count, and later ones at once.</summary>
        public void Commit()
        {
            lock (store._lock)
            {
                if (Interlocked.Exchange(ref _pending, null) is not { } pending)
                    return;
                foreach (var (key, value) in pending)
                    Write(key, value);
            }
        }

        string? Read(string key) =>
            _pending is not null && _pending.TryGetValue(key, out var pending) ? pending : store._values.GetValueOrDefault(key);

        void Write(string key, string? json)
        {
            if (_pending is not null)
                _pending[key] = json;
            else if (json is null)
                store._values.Remove(key);
            else
                store._values[key] = json;
        }
    }
}
