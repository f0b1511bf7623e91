using System.Reflection;
using System.Runtime.CompilerServices;

namespace McpScript.Specs.Library;

/// <summary>The public API of an assembly, as text: a line for each public type and member, in a fixed order.</summary>
static class PublicApi
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The text.</summary>
    public static string Of(Assembly assembly) =>
        string.Join("\n\n", assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => string.Join('\n', [Header(type), .. Members(type).Order(StringComparer.Ordinal)]))) + "\n";

    static string Header(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
        };
        var bases = new[] { type.BaseType }.OfType<Type>().Where(parent => parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            .Concat(type.GetInterfaces().Except(type.GetInterfaces().SelectMany(one => one.GetInterfaces()))
                .Where(one => one.Name != "IEquatable`1" && !type.IsEnum).OrderBy(one => one.Name, StringComparer.Ordinal))
            .Select(Name).ToList();
        return $"{kind} {type.Namespace}.{Name(type)}{(bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "")}";
    }

    static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"    {name}");
        var records = type.GetMethod("<Clone>$") is not null;
        return type.GetMembers(Declared)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && !(records && member.Name is "EqualityContract" or "PrintMembers"))
            .Select(Line).OfType<string>().Select(line => $"    {line}");
    }

    static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) => $"{Name(member.DeclaringType!).Split('<')[0]}({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) =>
            $"{Modifiers(method)}{Name(method.ReturnParameter)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property when property.GetAccessors(true).Any(IsVisible) =>
            $"{Modifiers(property.GetAccessors(true)[0])}{Name(property)} {PropertyName(property)} {{ {Accessors(property)} }}",
        EventInfo { AddMethod: { } add } raised when IsVisible(add) => $"{Modifiers(add)}event {Name(raised.EventHandlerType!)} {raised.Name}",
        FieldInfo { IsPublic: true } field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static string Modifiers(MethodBase method) =>
        (method.IsFamily ? "protected " : "") + (method.IsStatic ? "static " : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : "");

    static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    static string PropertyName(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;

    static string Accessors(PropertyInfo property) => string.Join(" ", new[]
    {
        property.GetMethod is { } get && IsVisible(get) ? "get;" : null,
        property.SetMethod is { } set && IsVisible(set) ?
            set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;" : null,
    }.OfType<string>());

    static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter) => $"{Name(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")}";

    static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        string text => $"\"{text}\"",
        var value => $"{value}",
    };

    static string Name(ParameterInfo parameter) => Name(parameter.ParameterType, Nullability.Create(parameter));

    static string Name(PropertyInfo property) => Name(property.PropertyType, Nullability.Create(property));

    static string Name(Type type, NullabilityInfo nullability) =>
        Name(type)
            + (!type.IsValueType && (nullability.ReadState is NullabilityState.Nullable || nullability.WriteState is NullabilityState.Nullable) ? "?" : "");

    static string Name(Type type)
    {
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Name(value)}?";
        if (type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`") is true)
            return $"({string.Join(", ", type.GetGenericArguments().Select(Name))})";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : Keyword(type) ?? type.Name;
    }

    static string? Keyword(Type type) =>
        type == typeof(void) ? "void" : type == typeof(object) ? "object" : type == typeof(string) ? "string"
        : type == typeof(bool) ? "bool" : type == typeof(int) ? "int" : type == typeof(long) ? "long" : null;
}
