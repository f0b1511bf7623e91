using McpScript.Testing.Protocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Content and metadata of plugins: each demo, with the official client, over both transports and in both eras (gap R11 of the original).</summary>
public class ContentFeatureSpecs(FeatureHost features) : IClassFixture<FeatureHost>
{
    [Fact]
    public void All_demos_load_together_without_a_warning()
    {
        Assert.Equal(17, features.Host.Registry.Plugins.Length);
        Assert.DoesNotContain(features.Host.Log.Lines, line => line.StartsWith("Warning") || line.StartsWith("Error") || line.StartsWith("Critical"));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_record_is_structured_output_with_a_schema(Way way)
    {
        var client = await features.ConnectAsync(way);
        var tool = (await client.ListToolsAsync()).Single(tool => tool.Name == "forecast");
        Assert.Equal(["city", "celsius", "warnings"],
            tool.ProtocolTool.OutputSchema!.Value.GetProperty("properties").EnumerateObject().Select(property => property.Name));

        var result = await client.CallToolAsync("forecast", new Dictionary<string, object?> { ["city"] = "Ulm" });
        Assert.Equal(("Ulm", 21.5),
            (result.StructuredContent!.Value.GetProperty("city").GetString(), result.StructuredContent.Value.GetProperty("celsius").GetDouble()));
        Assert.Equal(result.StructuredContent.Value.GetRawText(), Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task Title_hints_and_metadata_are_listed_and_content_may_be_annotated(Way way)
    {
        var client = await features.ConnectAsync(way);
        var tool = (await client.ListToolsAsync()).Single(tool => tool.Name == "empty_trash").ProtocolTool;
        Assert.Equal(("Empty the trash", "housekeeping"), (tool.Title, tool.Meta?["example.com/owner"]?.GetValue<string>()));
        Assert.Equal((false, true, true, false),
            (tool.Annotations?.ReadOnlyHint, tool.Annotations?.DestructiveHint, tool.Annotations?.IdempotentHint, tool.Annotations?.OpenWorldHint));

        var content = Assert.Single((await client.CallToolAsync("trash_report")).Content);
        Assert.Equal((Role.User, 0.3f), (Assert.Single(content.Annotations!.Audience!), content.Annotations.Priority));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task Icons_are_listed_for_tools_prompts_and_resources(Way way)
    {
        var client = await features.ConnectAsync(way);
        IList<Icon>?[] icons =
        [
            (await client.ListToolsAsync()).Single(tool => tool.Name == "starred_tool").ProtocolTool.Icons,
            (await client.ListPromptsAsync()).Single(prompt => prompt.Name == "starred_prompt").ProtocolPrompt.Icons,
            (await client.ListResourcesAsync()).Single(resource => resource.Uri == "icons://star").ProtocolResource.Icons,
        ];
        Assert.All(icons, icon => Assert.Equal("image/svg+xml", Assert.Single(icon!).MimeType));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_result_embeds_resources_or_links_to_them(Way way)
    {
        var client = await features.ConnectAsync(way);
        var embedded = Assert.IsType<EmbeddedResourceBlock>(Assert.Single((await client.CallToolAsync("manual_page")).Content));
        Assert.Equal("Page 1: where the button is.", Assert.IsType<TextResourceContents>(embedded.Resource).Text);

        var link = Assert.IsType<ResourceLinkBlock>((await client.CallToolAsync("find_manual")).Content[1]);
        var read = await client.ReadResourceAsync(link.Uri);
        Assert.Equal("Press the button.", Assert.IsType<TextResourceContents>(Assert.Single(read.Contents)).Text);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task Images_and_audio_arrive_byte_for_byte(Way way)
    {
        var client = await features.ConnectAsync(way);
        var image = Assert.IsType<ImageContentBlock>(Assert.Single((await client.CallToolAsync("draw_dot")).Content));
        var audio = Assert.IsType<AudioContentBlock>(Assert.Single((await client.CallToolAsync("play_silence")).Content));
        Assert.Equal(("image/png", "audio/wav"), (image.MimeType, audio.MimeType));
        Assert.True(image.DecodedData.Span[1..].StartsWith("PNG"u8));
        Assert.True(audio.DecodedData.Span.StartsWith("RIFF"u8));

        var prompt = await client.GetPromptAsync("describe_dot");
        Assert.IsType<ImageContentBlock>(prompt.Messages[0].Content);
        var blob = Assert.IsType<BlobResourceContents>(Assert.Single((await client.ReadResourceAsync("media://dot")).Contents));
        Assert.Equal(image.DecodedData.ToArray(), blob.DecodedData.ToArray());
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task Variables_of_a_template_are_parameters_of_its_handler(Way way)
    {
        var client = await features.ConnectAsync(way);
        Assert.Contains(await client.ListResourceTemplatesAsync(), template => template.UriTemplate == "notes://{id}");

        Assert.Equal("Call Ada.", await ReadAsync("notes://2"));
        Assert.Equal("""["Buy milk."]""", await ReadAsync("notes://search?word=milk&limit=5"));

        async Task<string> ReadAsync(string uri) => Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync(uri)).Contents)).Text;
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task R11_Arguments_are_completed_from_enums_allowed_values_and_functions(Way way)
    {
        var client = await features.ConnectAsync(way);
        var prompt = new PromptReference { Name = "translate" };
        var template = new ResourceTemplateReference { Uri = "library://{book}/{page}" };

        Assert.Equal(["English", "Esperanto"], await CompleteAsync(prompt, "to", "e"));
        Assert.Equal(["friendly"], await CompleteAsync(prompt, "tone", "fr"));
        Assert.Equal(["cats"], await CompleteAsync(prompt, "topic", "ca"));
        Assert.Equal(["atlas", "novel"], await CompleteAsync(template, "book", ""));
        Assert.Equal(["cover", "chapter-1"], await CompleteAsync(template, "page", ""));
        Assert.Equal(["cover", "europe"], await CompleteAsync(template, "page", "", ("book", "atlas")));
        Assert.Empty(await CompleteAsync(prompt, "no_such_argument", ""));

        async Task<IList<string>> CompleteAsync(Reference reference, string argument, string typed, params (string Name, string Value)[] filled)
        {
            var request = new CompleteRequestParams { Ref = reference, Argument = new() { Name = argument, Value = typed } };
            if (filled.Length > 0)
                request.Context = new() { Arguments = filled.ToDictionary(one => one.Name, one => one.Value) };
            return (await client.CompleteAsync(request)).Completion.Values;
        }
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_raw_schema_is_listed_as_written_and_its_arguments_are_checked(Way way)
    {
        var client = await features.ConnectAsync(way);
        var schema = (await client.ListToolsAsync()).Single(tool => tool.Name == "convert").JsonSchema;
        Assert.Equal(0, schema.GetProperty("properties").GetProperty("length").GetProperty("exclusiveMinimum").GetInt32());
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());

        Assert.Equal("1 inch", await client.SayAsync("convert", ("length", 2.54), ("unit", "cm")));
        Assert.Contains(
            """'unit' should be one of "cm", "inch", but the string "mile" came""", await client.SayAsync("convert", ("length", 1), ("unit", "mile")));
    }
}
