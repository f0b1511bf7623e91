using McpScript.Packages;

namespace McpScript.Scripting.Code;

/// <summary>A package's assembly of source generators cannot be loaded.</summary>
sealed class GeneratorLoadException(PackageGenerator file, Exception inner)
    : Exception($"The source generators in '{Path.GetFileName(file.Path)}' of the package {file.Package} {file.Version} cannot be loaded: {inner.Message.TrimEnd('.')}. Use another version of the package.", inner);
