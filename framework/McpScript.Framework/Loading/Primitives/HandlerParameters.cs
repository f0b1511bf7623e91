using System.Reflection;
using System.Security.Claims;
using System.Text.Json;
using McpScript.Loading.Answers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>Finds handlers at load time whose parameters no call can fill.</summary>
static class HandlerParameters
{
    /// <summary>Checks a handler and each of its parameters.</summary>
    /// <param name="what">The name of the handler in messages, such as <c>tool 'add'</c>.</param>
    /// <param name="handler">The method.</param>
    /// <param name="services">The services that parameters are injected from.</param>
    /// <param name="json">The options that arguments are deserialized with.</param>
    /// <param name="given">True for further types that the host fills; null for none.</param>
    /// <exception cref="ArgumentException">The method is generic, or a parameter is neither given by the host, nor a service, nor deserializable from
    /// JSON.</exception>
    public static void Check(string what, MethodInfo handler, IServiceProvider services, JsonSerializerOptions json, Func<Type, bool>? given = null)
    {
        if (handler.ContainsGenericParameters)
            throw new ArgumentException(
                $"The {what} is generic: {Signature(handler)}. A call cannot choose its type arguments. Write a method with fixed types.");
        var arguments = new JsonArguments(json, services);
        var parameters = handler.GetParameters()
            .Where(parameter => IsArgument(parameter, services) && given?.Invoke(parameter.ParameterType) is not true);
        foreach (var parameter in parameters)
            if (arguments.WhyNot(parameter.ParameterType) is { } why)
                throw new ArgumentException(Refusal(what, parameter, why));
    }

    /// <summary>True for a parameter that is filled from a call's arguments: neither given by the host nor a service.</summary>
    public static bool IsArgument(ParameterInfo parameter, IServiceProvider services) =>
        !IsHostGiven(parameter.ParameterType) && !IsService(parameter, services);

    /// <summary>Checks that a class can be created with the plugin's services.</summary>
    /// <exception cref="ArgumentException">No constructor can be called with them.</exception>
    public static void CheckConstructor(Type type, IServiceProvider services)
    {
        var constructors = type.GetConstructors();
        if (constructors.Any(constructor => constructor.GetParameters().All(
            parameter => parameter.HasDefaultValue || IsService(parameter, services) || parameter.ParameterType == typeof(IServiceProvider))))
            return;
        var missing = constructors.SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => !parameter.HasDefaultValue && !IsService(parameter, services))
            .Select(parameter => parameter.ParameterType).Distinct().ToList();
        throw new ArgumentException(constructors.Length == 0
            ? $"Class {TypeName.Of(type)} has no public constructor, so no instance can be made for a call. Make the constructor public or the methods static."
            : $"Class {TypeName.Of(type)} cannot be made for a call: {string.Join(", ", missing.Select(TypeName.Of))} is not registered. {Cure(missing[0])}");
    }

    static bool IsHostGiven(Type type) =>
        type == typeof(CancellationToken) || type == typeof(McpServer) || type == typeof(IServiceProvider) || type == typeof(AIFunctionArguments)
        || type == typeof(ClaimsPrincipal) || type == typeof(IProgress<ProgressNotificationValue>)
        || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RequestContext<>);

    static bool IsService(ParameterInfo parameter, IServiceProvider services) =>
        parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(parameter.ParameterType, keyed.Key) is true
            : services.GetService<IServiceProviderIsService>()?.IsService(parameter.ParameterType) is true;

    static string Refusal(string what, ParameterInfo parameter, string why)
    {
        var type = parameter.ParameterType;
        return $"Parameter '{parameter.Name}' of {what} is of type {TypeName.Of(type)}, which is neither a registered service nor something that JSON "
            + $"arguments can fill: {why}. {Cure(type)}";
    }

    static string Cure(Type type) => type == typeof(ILogger)
        ? "Take ILogger<T>, or use mcp.Logger."
        : $"If it is a service, register it: {Registration(type)}; in a DLL, do that in a class that implements McpScript.IPlugin, which then registers the "
            + "tools too (mcp.Tool(\"name\", \"description\", Tools.Method)). Otherwise take plain values.";

    static string Registration(Type type) => type.IsInterface || type.IsAbstract
        ? $"mcp.Services.AddSingleton<{TypeName.Of(type)}>(…)"
        : $"mcp.Services.AddSingleton<{TypeName.Of(type)}>()";

    static string Signature(MethodInfo method) => $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(TypeName.Of))}>";
}
