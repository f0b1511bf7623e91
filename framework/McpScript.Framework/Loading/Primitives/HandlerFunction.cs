using System.Reflection;
using McpScript.Loading.Answers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading.Primitives;

/// <summary>A handler as a function, bound as the SDK binds tools: services and host objects come from the call, all else from its arguments.</summary>
static class HandlerFunction
{
    /// <summary>Creates the function of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The object that it is called on.</param>
    /// <param name="services">Decides which parameters are services.</param>
    /// <param name="options">Name, schema options, serializer options, and the conversion of results.</param>
    public static AIFunction Of(MethodInfo method, PrimitiveFactory.Target target, IServiceProvider services, AIFunctionFactoryOptions options)
    {
        options.ConfigureParameterBinding = parameter => Binding(parameter, services);
        return target.PerCall is { } make
            ? AIFunctionFactory.Create(method, arguments => make(arguments.Services!), options)
            : AIFunctionFactory.Create(method, target.Instance, options);
    }

    /// <summary>Creates the binding of one parameter; the default for an argument.</summary>
    public static AIFunctionFactoryOptions.ParameterBindingOptions Binding(ParameterInfo parameter, IServiceProvider services)
    {
        if (HandlerParameters.IsArgument(parameter, services) || IsBoundByFactory(parameter.ParameterType))
            return default;
        var key = parameter.GetCustomAttribute<FromKeyedServicesAttribute>();
        return new() { ExcludeFromSchema = true, BindParameter = (one, arguments) => Service(one, arguments, key) };
    }

    static bool IsBoundByFactory(Type type) => type == typeof(CancellationToken) || type == typeof(IServiceProvider) || type == typeof(AIFunctionArguments);

    static object? Service(ParameterInfo parameter, AIFunctionArguments arguments, FromKeyedServicesAttribute? key)
    {
        var found = key is null
            ? arguments.Services?.GetService(parameter.ParameterType)
            : (arguments.Services as IKeyedServiceProvider)?.GetKeyedService(parameter.ParameterType, key.Key);
        return found ?? (parameter.HasDefaultValue
            ? null
            : throw new ArgumentException($"No service of type {TypeName.Of(parameter.ParameterType)} was found for parameter '{parameter.Name}'."));
    }
}
