using System.Reflection;
using McpScript.Scripting.Scripts;
using ModelContextProtocol.Server;

namespace McpScript.Scripting.Authoring;

/// <summary>The files of new plugins. Each plugin works without changes, and shows where to continue.</summary>
/// <param name="name">The plugin's name.</param>
sealed class NewPluginTexts(string name)
{
    // Prefix of tool names: no dots, which some clients refuse; no underscore at the end, because two in a row are reserved; short enough for every client.
    readonly string _tool = name.Replace('.', '_')[..Math.Min(name.Length, 40)].TrimEnd('_', '-');

    /// <summary>Returns the files for a kind of plugin, the one to begin with first.</summary>
    public IReadOnlyList<NewPluginFile> Of(NewPluginKind kind) => kind switch
    {
        NewPluginKind.Script => [new($"{name}.csx", "the plugin", Script)],
        NewPluginKind.Package =>
        [
            new("Tools.cs", "the tools", PackageTools), new($"{name}.csproj", "builds the DLL, packs the package", Project),
            new("README.md", "goes into the package", ReadMe),
        ],
        _ =>
        [
            new("tools.csx", "the logic, without MCP", Tools), new("main.csx", "the wiring: what is offered", Main),
            new("config.yaml", "the settings", Settings), new($"{name}{ScriptTest.Extension}", "tests of the logic", Tests),
        ],
    };

    string Script => $$"""
        // {{name}}: one file, one plugin. Save it, and it is live.
        mcp.Tool("{{_tool}}_hello", "Say hello.", ([Description("The name to greet.")] string who = "World") => $"Hello from {{name}}, {who}!");

        """;

    string Main => $"""
        // {name}: what is offered. What it does is in tools.csx, its settings are in config.yaml.
        #load "tools.csx"

        var greeting = config.Get("greeting", "Hello from {name}")!;

        mcp.Tool("{_tool}_hello", "Say hello.",
            ([Description("The name to greet.")] string who = "World") => Hello(greeting, who));

        mcp.Tool("{_tool}_add", "Add two numbers.",
            ([Description("The first number.")] int a, [Description("The second number.")] int b) => Add(a, b));

        """;

    string Tools => $$"""
        // The logic of {{name}}. Nothing of MCP is in here, so {{name}}{{ScriptTest.Extension}} can test it as it is.

        string Hello(string greeting, string who) => $"{greeting}, {who}!";

        string Add(int a, int b) => $"{a} + {b} = {a + b}";

        """;

    string Settings => $"""
        # The settings of {name}: main.csx reads them with config.Get. Saving this file reloads the plugin.
        description: Says hello and adds.
        greeting: Hello from {name}

        """;

    string Tests => $"""
        // Tests of tools.csx, run by: mcp-proxy test {name}
        #load "tools.csx"

        assert.Equal("Hello, Ada!", Hello("Hello", "Ada"));
        assert.Equal("1 + 2 = 3", Add(1, 2));

        """;

    string PackageTools => $$"""
        using ModelContextProtocol.Server;

        namespace {{Namespace}};

        /// <summary>The tools of {{name}}.</summary>
        [McpServerToolType]
        public static class Tools
        {
            /// <summary>Say hello.</summary>
            /// <param name="who">The name to greet.</param>
            [McpServerTool(Name = "say_hello")]
            public static string Hello(string who = "World") => $"Hello from {{name}}, {who}!";

            /// <summary>Add two numbers.</summary>
            /// <param name="a">The first number.</param>
            /// <param name="b">The second number.</param>
            [McpServerTool(Name = "add_numbers", ReadOnly = true)]
            public static string Add(int a, int b) => $"{a} + {b} = {a + b}";
        }

        """;

    string Project => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <RootNamespace>{Namespace}</RootNamespace>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <EnableDynamicLoading>true</EnableDynamicLoading>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <PackageId>{name}</PackageId>
            <Version>0.1.0</Version>
            <Description>An MCP plugin: says hello and adds.</Description>
            <PackageTags>mcp mcp-plugin</PackageTags>
            <PackageReadmeFile>README.md</PackageReadmeFile>
          </PropertyGroup>
          <ItemGroup>
            <!-- The host brings it along, so it is only compiled against. -->
            <PackageReference Include="ModelContextProtocol.Core" Version="{SdkVersion}" ExcludeAssets="runtime" />
            <None Include="README.md" Pack="true" PackagePath="/" />
          </ItemGroup>
        </Project>

        """;

    string ReadMe => $"""
        # {name}

        An MCP plugin with the tools `say_hello` and `add_numbers`. Installed as a package, their names begin with the last part of its id.

        Build it straight into a plugin folder of `mcp-proxy`: `dotnet build -o ../plugins/{name}`. Or as a package: `dotnet pack -o ../feed`, then
        `mcp-proxy install {name} --source ../feed`.

        """;

    string Namespace => string.Join('_', name.Split('-', '.', ' ')) is var plain && char.IsDigit(plain[0]) ? $"_{plain}" : plain;

    static string SdkVersion => typeof(McpServerTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
