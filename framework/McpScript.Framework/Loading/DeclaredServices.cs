using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading;

/// <summary>The plugin's services, for deciding which parameters are services.</summary>
/// <param name="services">The plugin's container.</param>
/// <remarks>
/// A container creates an empty <see cref="IEnumerable{T}"/> of any type and so reports every sequence as a service; an <c>IEnumerable&lt;int&gt;</c>
/// parameter would receive nothing instead of its argument. Here a sequence is a service only if its element type is.
/// </remarks>
sealed class DeclaredServices(IServiceProvider services) : IServiceProvider, IServiceProviderIsKeyedService
{
    /// <inheritdoc/>
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IServiceProviderIsService) || serviceType == typeof(IServiceProviderIsKeyedService) ? this : services.GetService(serviceType);

    /// <inheritdoc/>
    public bool IsService(Type serviceType) => services.GetService<IServiceProviderIsService>()?.IsService(Element(serviceType)) is true;

    /// <inheritdoc/>
    public bool IsKeyedService(Type serviceType, object? serviceKey) =>
        services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(Element(serviceType), serviceKey) is true;

    static Type Element(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? type.GetGenericArguments()[0] : type;
}
