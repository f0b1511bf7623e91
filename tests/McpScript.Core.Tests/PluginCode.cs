using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Core.Tests;

/// <summary>Plugins of a test, compiled without a compiler.</summary>
/// <remarks>Each is an assembly with one class that implements <see cref="IPlugin"/> and calls back into the test.</remarks>
public sealed class PluginCode
{
    static readonly ConcurrentDictionary<string, Action<IPluginBuilder>> Registrations = [];

    PluginCode()
    {
    }

    /// <summary>Makes the assembly of the tests one that plugins share with the host, so that a plugin calls the loaded one.</summary>
    public static ServiceDescriptor Shared { get; } = ServiceDescriptor.Singleton(new PluginCode());

    /// <summary>An assembly whose plugin registers as the action says.</summary>
    public static ImmutableArray<byte> Compile(Action<IPluginBuilder> register)
    {
        var key = Guid.NewGuid().ToString("N");
        Registrations[key] = register;
        return Emit(key);
    }

    /// <summary>Called by the compiled plugins.</summary>
    public static void Register(string key, IPluginBuilder mcp) => Registrations[key](mcp);

    static ImmutableArray<byte> Emit(string key)
    {
        const MethodAttributes Implementation = MethodAttributes.Public | MethodAttributes.Virtual;
        var assembly = new PersistedAssemblyBuilder(new AssemblyName($"Plugin{key}"), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("Plugin").DefineType("EmittedPlugin", TypeAttributes.Public, typeof(object), [typeof(IPlugin)]);
        type.DefineDefaultConstructor(MethodAttributes.Public);
        var il = type.DefineMethod(nameof(IPlugin.Register), Implementation, typeof(void), [typeof(IPluginBuilder), typeof(PluginConfig)]).GetILGenerator();
        il.Emit(OpCodes.Ldstr, key);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(PluginCode).GetMethod(nameof(Register))!);
        il.Emit(OpCodes.Ret);
        type.CreateType();
        using var bytes = new MemoryStream();
        assembly.Save(bytes);
        return [.. bytes.ToArray()];
    }
}
