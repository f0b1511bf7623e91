using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using System.Runtime.Serialization.DataContracts;
using McpScript.Loading;
using Microsoft.Extensions.AI;

namespace McpScript.Unloading;

/// <summary>Removes plugin types from static caches of the framework and of Microsoft.Extensions.AI that <see cref="ReflectionCaches"/> cannot clear.</summary>
/// <remarks>
/// A plugin has a private copy of System.ComponentModel.TypeConverter, but code built for netstandard2.0 (netstandard.dll forwards within the default
/// context) and System.ComponentModel.Annotations do not use it. Only collectible types are removed; a cache rebuilds such entries when they are needed.
/// </remarks>
static class FrameworkCaches
{
    static readonly FrameworkStatics s_statics = new();
    static readonly IDictionary[] s_byType = [.. new[]
    {
        Value(s_statics.Field(typeof(TypeDescriptor), "s_defaultProviderInitialized")),
        Value(s_statics.Field(typeof(TypeDescriptor), "s_providerTypeTable")),
        ValidationAttributes(),
    }.OfType<IDictionary>()];

    static readonly FieldInfo? s_providers = s_statics.Field(typeof(TypeDescriptor), "s_providerTable");
    static readonly FieldInfo? s_providersLock = s_statics.Field(typeof(TypeDescriptor), "s_commonSyncObject");
    static readonly Type? s_node = s_statics.Type(typeof(TypeDescriptor).Assembly, "System.ComponentModel.TypeDescriptor+TypeDescriptionNode");
    static readonly FieldInfo? s_nodeProvider = s_statics.Field(s_node, "Provider");
    static readonly FieldInfo? s_nextNode = s_statics.Field(s_node, "Next");
    static readonly FieldInfo? s_typeData = s_statics.Field(
        s_statics.Type(typeof(TypeDescriptor).Assembly, "System.ComponentModel.ReflectTypeDescriptionProvider"), "_typeData");

    static readonly IEnumerable? s_functions = Value(s_statics.Field(
        s_statics.Type(typeof(AIFunctionFactory).Assembly, "Microsoft.Extensions.AI.AIFunctionFactory+ReflectionAIFunctionDescriptor"),
        "_descriptorCache")) as IEnumerable;

    static readonly FieldInfo? s_contracts = s_statics.Field(
        s_statics.Type(typeof(DataContractSerializer).Assembly, "System.Runtime.Serialization.Json.JsonDataContract+JsonDataContractCriticalHelper"),
        "s_dataContractCache");

    static readonly FieldInfo?[] s_contractTables = FindContractTables();

    static readonly PropertyInfo? s_contractOf = typeof(DataContractSerializer).Assembly.GetType("System.Runtime.Serialization.Json.JsonDataContract")
        ?.GetProperty("TraditionalDataContract", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

    /// <summary>Names of private members that this version of the framework does not have.</summary>
    public static IEnumerable<string> NotFound =>
        s_contractOf is null ? [.. s_statics.NotFound, "JsonDataContract.TraditionalDataContract"] : s_statics.NotFound;

    /// <summary>Removes the types of plugins from all caches.</summary>
    public static void Clear()
    {
        foreach (var cache in s_byType)
            Clear(cache);
        ClearDescriptors();
        ClearFunctions();
        ClearContracts();
    }

    // The provider of System.Object holds the reflection data of all types; its own way to clear only marks the data as stale.
    static void ClearDescriptors()
    {
        if (Value(s_providers) is not IDictionary providers || Value(s_providersLock) is not { } gate)
            return;
        List<object> nodes;
        if (gate is Lock own)
            lock (own)
                nodes = [.. providers.Values.Cast<object>()];
        else
            lock (gate)
                nodes = [.. providers.Values.Cast<object>()];
        foreach (var first in nodes)
            for (var node = first; node is not null; node = s_nextNode?.GetValue(node))
                if (s_nodeProvider?.GetValue(node) is { } provider
                    && s_typeData?.DeclaringType == provider.GetType() && s_typeData.GetValue(provider) is IDictionary byType)
                    Clear(byType);
    }

    // One cache per serializer options, keyed by method; the shared default options live as long as the process.
    static void ClearFunctions()
    {
        foreach (var entry in s_functions ?? Array.Empty<object>())
            if (entry.GetType().GetProperty("Value")?.GetValue(entry) is IDictionary cache)
                foreach (var key in cache.Keys.Cast<object>().Where(key => MethodOf(key) is { } method && IsCollectible(method)).ToList())
                    cache.Remove(key);
    }

    static MethodInfo? MethodOf(object key) => key.GetType().GetProperty("Method")?.GetValue(key) as MethodInfo;

    static bool IsCollectible(MethodInfo method) => method.Module.Assembly.IsCollectible;

    // These tables handle collectible types, but not a List<T> of a collectible T.
    static void ClearContracts()
    {
        Clear(s_contracts?.GetValue(null), contract => s_contractOf?.GetValue(contract) as DataContract);
        foreach (var table in s_contractTables.Select(Value).OfType<object>())
            foreach (var part in table.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(field => field.GetValue(table)))
                if (part is IDictionary byType)
                    Clear(byType);
                else
                    Clear(part, contract => contract as DataContract);
    }

    // Indexed by a number that each type keeps: a cleared slot is filled again. The older of the two tables holds pairs of a contract and a weak reference.
    static void Clear(object? byNumber, Func<object, DataContract?> contractOf)
    {
        if (byNumber is not Array { Rank: 1 } contracts)
            return;
        for (var i = 0; i < contracts.Length; i++)
            if (contracts.GetValue(i) is { } entry && contractOf(entry is ITuple pair ? pair[0] ?? entry : entry)?.UnderlyingType.IsCollectible is true)
                contracts.SetValue(entry is ITuple ? Activator.CreateInstance(entry.GetType()) : null, i);
    }

    static void Clear(IDictionary byType)
    {
        foreach (var type in byType.Keys.OfType<Type>().Where(type => type.IsCollectible).ToList())
            byType.Remove(type);
    }

    static FieldInfo?[] FindContractTables()
    {
        var helper = s_statics.Type(
            typeof(DataContractSerializer).Assembly, "System.Runtime.Serialization.DataContracts.DataContract+DataContractCriticalHelper");
        return [s_statics.Field(helper, "s_typeToBuiltInContract"), s_statics.Field(helper, "s_dataContractCache")];
    }

    static object? ValidationAttributes()
    {
        var store = s_statics.Type(typeof(ValidationAttribute).Assembly, "System.ComponentModel.DataAnnotations.ValidationAttributeStore");
        return s_statics.Field(store, "_typeStoreItems")?.GetValue(Value(s_statics.Behind(store, "Instance")));
    }

    static object? Value(FieldInfo? field) => field?.GetValue(null);
}
