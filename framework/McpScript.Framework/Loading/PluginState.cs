using System.Text.Json;

namespace McpScript.Loading;

/// <summary>Values that the host stores for one plugin name; successive generations share them.</summary>
/// <remarks>Values are stored as serialized text, so no type of an older generation reaches a newer one. Thread-safe.</remarks>
sealed class PluginState
{
    readonly Lock _lock = new();
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Opens the view of one generation; its writes stay in the view until <see cref="View.Commit"/>.</summary>
    public View Open(JsonSerializerOptions options) => new(this, options);

    /// <summary>View of one generation.</summary>
    public sealed class View(PluginState store, JsonSerializerOptions options) : IPluginState
    {
        // Null values are removals. The dictionary itself is null after the commit: writes then change the store directly.
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

        /// <summary>Applies the writes so far to the store; later writes apply at once.</summary>
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
