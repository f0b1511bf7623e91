using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading;

/// <summary>A plugin's services as far as they decide which parameters are services.</summary>
/// <param name="services">The plugin's container.</param>
/// <remarks>
/// A container makes an empty <see cref="IEnumerable{T}"/> of anything and so calls every sequence a service; an <c>IEnumerable&lt;int&gt;</c> parameter
/// would get nothing instead of its argument. Here a sequence is a service only if its elements are.
/// </remarks>
sealed class DeclaredServices(IServiceProvider services) : IServiceProvider, IServiceProviderIsKeyedService
{
    /// <inheritdoc/>
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IServiceProviderIsService) || serviceType == typeof(IServiceProviderIsKeyedService) ? this : services.GetService(serviceType);

    /// <inheritdoc/>
    public bool IsService(Type serviceType) => services.GetService<IServiceProviderIsService>()?.IsService(Asked(serviceType)) is true;

    /// <inheritdoc/>
    public bool IsKeyedService(Type serviceType, object? serviceKey) => services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(Asked(serviceType), serviceKey) is true;

    static Type Asked(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? type.GetGenericArguments()[0] : type;
}
