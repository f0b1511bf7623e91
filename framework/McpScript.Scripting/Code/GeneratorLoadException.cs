using McpScript.Packages;

namespace McpScript.Scripting.Code;

/// <summary>The exception when an assembly of source generators in a package cannot be loaded.</summary>
sealed class GeneratorLoadException(PackageGenerator file, Exception inner)
    : Exception(
        $"The source generators in '{Path.GetFileName(file.Path)}' of the package {file.Package} {file.Version} cannot be loaded: "
        + $"{inner.Message.TrimEnd('.')}. Use another version of the package.", inner);
