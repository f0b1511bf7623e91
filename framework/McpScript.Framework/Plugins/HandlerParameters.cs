using System.Collections;
using System.IO.Pipelines;
using System.Reflection;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Plugins;

/// <summary>Finds, at load time, parameters that no call could ever fill.</summary>
static class HandlerParameters
{
    /// <summary>Checks each parameter of a handler.</summary>
    /// <exception cref="ArgumentException">One is neither given by the host, nor a service, nor something that JSON can hold.</exception>
    public static void Check(string what, MethodInfo handler, IServiceProvider services, JsonSerializerOptions json)
    {
        foreach (var parameter in handler.GetParameters())
        {
            if (IsHostGiven(parameter.ParameterType) || IsService(parameter, services) || FitsJson(parameter.ParameterType, json))
                continue;
            throw new ArgumentException(
                $"Parameter '{parameter.Name}' of {what} is of type {Name(parameter.ParameterType)}, which is neither a registered service nor something that JSON arguments can fill. "
                + "Add it to mcp.Services, or take plain values.");
        }
    }

    /// <summary>Checks that a class can be made from the plugin's services.</summary>
    /// <exception cref="ArgumentException">None of its constructors can be filled.</exception>
    public static void CheckConstructor(Type type, IServiceProvider services)
    {
        var constructors = type.GetConstructors();
        if (constructors.Any(constructor => constructor.GetParameters().All(p => p.HasDefaultValue || IsService(p, services) || p.ParameterType == typeof(IServiceProvider))))
            return;
        var missing = constructors.SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => !parameter.HasDefaultValue && !IsService(parameter, services))
            .Select(parameter => Name(parameter.ParameterType)).Distinct();
        throw new ArgumentException(constructors.Length == 0
            ? $"Class {Name(type)} has no public constructor, so no instance can be made for a call. Make the constructor public or the methods static."
            : $"Class {Name(type)} cannot be made for a call: {string.Join(", ", missing)} is not registered. Add it to mcp.Services.");
    }

    static bool IsHostGiven(Type type) =>
        type == typeof(CancellationToken) || type == typeof(McpServer) || type == typeof(IServiceProvider) || type == typeof(AIFunctionArguments)
        || type == typeof(ClaimsPrincipal) || type == typeof(IProgress<ProgressNotificationValue>)
        || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RequestContext<>);

    static bool IsService(ParameterInfo parameter, IServiceProvider services) =>
        parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(parameter.ParameterType, keyed.Key) is true
            : services.GetService<IServiceProviderIsService>()?.IsService(parameter.ParameterType) is true;

    static bool FitsJson(Type type, JsonSerializerOptions json)
    {
        if (type.IsByRef || type.IsPointer || type.IsByRefLike || type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(Stream))
            || type == typeof(Type) || type == typeof(PipeReader) || type == typeof(PipeWriter))
            return false;
        if (!type.IsInterface && !type.IsAbstract)
            return true;
        return type.IsAssignableTo(typeof(IEnumerable)) || type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) is true
            || type.GetCustomAttribute<JsonPolymorphicAttribute>() is not null || type.IsDefined(typeof(JsonDerivedTypeAttribute))
            || type.GetCustomAttribute<JsonConverterAttribute>() is not null || json.Converters.Any(converter => converter.CanConvert(type));
    }

    static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
