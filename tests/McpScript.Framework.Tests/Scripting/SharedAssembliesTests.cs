using System.Reflection;
using McpScript.Model;

namespace McpScript.Framework.Tests.Scripting;

public class SharedAssembliesTests
{
    static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [Fact]
    public void The_shared_assemblies_are_those_of_the_interface_between_plugins_and_host()
    {
        var whole = Closure(
            ["McpScript.Abstractions", "ModelContextProtocol.Core"], assembly => assembly.GetReferencedAssemblies().Select(name => Assembly.Load(name)));
        var shown = Closure(["Microsoft.Extensions.Http", "Microsoft.Extensions.Options"], ShownBy);
        Assert.Equal(whole.Union(shown).Order(), SharedAssemblies.Names.Order());
    }

    [Fact]
    public void The_private_copies_are_in_the_framework() =>
        Assert.All(SharedAssemblies.PrivateCopies, name => Assert.True(File.Exists(Path.Combine(Framework, $"{name}.dll")), name));

    static HashSet<string> Closure(string[] roots, Func<Assembly, IEnumerable<Assembly>> next)
    {
        var seen = new HashSet<string>();
        var waiting = new Queue<Assembly>(roots.Select(Assembly.Load));
        while (waiting.TryDequeue(out var assembly))
            if (Path.GetDirectoryName(assembly.Location) != Framework && seen.Add(assembly.GetName().Name!))
                foreach (var other in next(assembly))
                    waiting.Enqueue(other);
        return seen;
    }

    // The assemblies of all types in public and protected signatures.
    static IEnumerable<Assembly> ShownBy(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(ShownBy).SelectMany(Parts).Select(type => type.Assembly).Distinct();

    static IEnumerable<Type> ShownBy(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<MethodBase> methods = [.. type.GetMethods(all), .. type.GetConstructors(all)];
        var visible = methods.Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly).ToList();
        return
        [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces().Where(contract => contract.IsVisible),
            .. type.GetGenericArguments(),
            .. visible.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType),
            .. visible.OfType<MethodInfo>().SelectMany(method => method.GetGenericArguments().Append(method.ReturnType)),
            .. type.GetFields(all).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType),
        ];
    }

    static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? type.GetGenericParameterConstraints().Where(constraint => !constraint.IsGenericType).SelectMany(Parts)
        : type.IsConstructedGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];
}
