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
    static readonly FrameworkStatics Statics = new();
    static readonly IDictionary[] ByType = [.. new[]
    {
        Value(Statics.Field(typeof(TypeDescriptor), "s_defaultProviderInitialized")),
        Value(Statics.Field(typeof(TypeDescriptor), "s_providerTypeTable")),
        ValidationAttributes(),
    }.OfType<IDictionary>()];

    static readonly FieldInfo? Providers = Statics.Field(typeof(TypeDescriptor), "s_providerTable");
    static readonly FieldInfo? ProvidersLock = Statics.Field(typeof(TypeDescriptor), "s_commonSyncObject");
    static readonly Type? Node = Statics.Type(typeof(TypeDescriptor).Assembly, "System.ComponentModel.TypeDescriptor+TypeDescriptionNode");
    static readonly FieldInfo? NodeProvider = Statics.Field(Node, "Provider");
    static readonly FieldInfo? NextNode = Statics.Field(Node, "Next");
    static readonly FieldInfo? TypeData = Statics.Field(
        Statics.Type(typeof(TypeDescriptor).Assembly, "System.ComponentModel.ReflectTypeDescriptionProvider"), "_typeData");

    static readonly IEnumerable? Functions = Value(Statics.Field(
        Statics.Type(typeof(AIFunctionFactory).Assembly, "Microsoft.Extensions.AI.AIFunctionFactory+ReflectionAIFunctionDescriptor"),
        "_descriptorCache")) as IEnumerable;

    static readonly FieldInfo? Contracts = Statics.Field(
        Statics.Type(typeof(DataContractSerializer).Assembly, "System.Runtime.Serialization.Json.JsonDataContract+JsonDataContractCriticalHelper"),
        "s_dataContractCache");

    static readonly FieldInfo?[] ContractTables = FindContractTables();

    static readonly PropertyInfo? ContractOf = typeof(DataContractSerializer).Assembly.GetType("System.Runtime.Serialization.Json.JsonDataContract")
        ?.GetProperty("TraditionalDataContract", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

    /// <summary>Names of private members that this version of the framework does not have.</summary>
    public static IEnumerable<string> NotFound =>
        ContractOf is null ? [.. Statics.NotFound, "JsonDataContract.TraditionalDataContract"] : Statics.NotFound;

    /// <summary>Removes the types of plugins from all caches.</summary>
    public static void Clear()
    {
        foreach (var cache in ByType)
            Clear(cache);
        ClearDescriptors();
        ClearFunctions();
        ClearContracts();
    }

    // The provider of System.Object holds the reflection data of all types; its own way to clear only marks the data as stale.
    static void ClearDescriptors()
    {
        if (Value(Providers) is not IDictionary providers || Value(ProvidersLock) is not { } gate)
            return;
        List<object> nodes;
        if (gate is Lock own)
            lock (own)
                nodes = [.. providers.Values.Cast<object>()];
        else
            lock (gate)
                nodes = [.. providers.Values.Cast<object>()];
        foreach (var first in nodes)
            for (var node = first; node is not null; node = NextNode?.GetValue(node))
                if (NodeProvider?.GetValue(node) is { } provider
                    && TypeData?.DeclaringType == provider.GetType() && TypeData.GetValue(provider) is IDictionary byType)
                    Clear(byType);
    }

    // One cache per serializer options, keyed by method; the shared default options live as long as the process.
    static void ClearFunctions()
    {
        foreach (var entry in Functions ?? Array.Empty<object>())
            if (entry.GetType().GetProperty("Value")?.GetValue(entry) is IDictionary cache)
                foreach (var key in cache.Keys.Cast<object>().Where(key => MethodOf(key) is { } method && IsCollectible(method)).ToList())
                    cache.Remove(key);
    }

    static MethodInfo? MethodOf(object key) => key.GetType().GetProperty("Method")?.GetValue(key) as MethodInfo;

    static bool IsCollectible(MethodInfo method) => method.Module.Assembly.IsCollectible;

    // These tables handle collectible types, but not a List<T> of a collectible T.
    static void ClearContracts()
    {
        Clear(Contracts?.GetValue(null), contract => ContractOf?.GetValue(contract) as DataContract);
        foreach (var table in ContractTables.Select(Value).OfType<object>())
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
        var helper = Statics.Type(
            typeof(DataContractSerializer).Assembly, "System.Runtime.Serialization.DataContracts.DataContract+DataContractCriticalHelper");
        return [Statics.Field(helper, "s_typeToBuiltInContract"), Statics.Field(helper, "s_dataContractCache")];
    }

    static object? ValidationAttributes()
    {
        var store = Statics.Type(typeof(ValidationAttribute).Assembly, "System.ComponentModel.DataAnnotations.ValidationAttributeStore");
        return Statics.Field(store, "_typeStoreItems")?.GetValue(Value(Statics.Behind(store, "Instance")));
    }

    static object? Value(FieldInfo? field) => field?.GetValue(null);
}
