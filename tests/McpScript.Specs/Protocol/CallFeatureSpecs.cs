using System.Text.Json;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Features of a running call: each demo, with the official client, over both transports and in both eras (gap R11 of the original).</summary>
public class CallFeatureSpecs(FeatureHost features) : IClassFixture<FeatureHost>
{
    [Theory, ClassData(typeof(EveryWay))]
    public async Task Every_progress_notification_is_received(Way way)
    {
        var client = await features.ConnectAsync(way);
        // With its own token and handler: the client's IProgress ignores reports after the answer, and the last report comes just before it.
        var notifications = NotificationRecorder.Attach(client, NotificationMethods.ProgressNotification);
        var call = new CallToolRequestParams { Name = "bake", Meta = new() { ["progressToken"] = "cake" } };
        var result = await client.CallToolAsync(call).AsTask().WaitAsync(TestHost.Patience);

        Assert.Equal("A cake.", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        var steps = new List<string>();
        for (var i = 0; i < 4; i++)
            steps.Add(await notifications.NextAsync() is { } step ? $"{step["progressToken"]} {step["progress"]}/{step["total"]} {step["message"]}" : "");
        // Sorted: that the server sends them in order and before the answer is for the raw client to say (RawClientSpecs); this one handles them side by side.
        Assert.Equal(["cake 0/3 mixing", "cake 1/3 baking", "cake 2/3 cooling", "cake 3/3 done"], steps.Order());
    }

    // Over pipes the SDK's client does not always notify the server when its token fires (a race of its own);
    // RawClientSpecs and the TypeScript client cover pipes.
    [Theory]
    [InlineData(Way.HttpInSession)]
    [InlineData(Way.HttpStateless)]
    public async Task A_cancelled_call_is_stopped_in_the_plugin(Way way)
    {
        var client = await features.ConnectAsync(way);
        var before = await CancelledAsync();
        using var cancel = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = client.CallToolAsync("count_sheep", progress: new Reports(_ => begun.TrySetResult()), cancellationToken: cancel.Token).AsTask();
        await begun.Task.WaitAsync(TestHost.Patience);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TestHost.Patience));
        await Poll.UntilAsync(async () => await CancelledAsync() != before, () => "the plugin has stopped the call");
        Assert.Equal(before + 1, await CancelledAsync());

        async Task<int> CancelledAsync() =>
            int.Parse(Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync("sheep://cancelled")).Contents)).Text);
    }

    // In sessions only: with the level in a request's _meta (2026-07-28) the SDK's client raises no event, though the message is on the wire
    // before the answer: RawClientSpecs checks the wire.
    [Theory]
    [InlineData(Way.PipesInSession)]
    [InlineData(Way.HttpInSession)]
    public async Task A_client_receives_log_messages_of_a_tool_from_the_level_that_it_requested(Way way)
    {
        var client = await features.ConnectAsync(way);
        var notifications = NotificationRecorder.Attach(client, NotificationMethods.LoggingMessageNotification);
        // No level: nothing is sent. What the next call logs would come after it.
        await client.SayAsync("tidy_up");
        await client.SetLoggingLevelAsync(LoggingLevel.Warning);
        await client.CallToolAsync("tidy_up");

        var message = await notifications.NextAsync();
        Assert.Equal(("warning", "tidy_up", "Found 2 socks."),
            (message!["level"]!.GetValue<string>(), message["logger"]!.GetValue<string>(), message["data"]!.GetValue<string>()));
        Assert.Equal(0, notifications.Waiting);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task R11_A_tool_elicits_input_from_the_user_with_a_form(Way way)
    {
        ElicitRequestParams? asked = null;
        var client = await features.ConnectAsync(way, options => options.Handlers.ElicitationHandler = (request, _) =>
        {
            asked = request;
            return new(new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["guests"] = JsonElement.Parse("4") } });
        });

        Assert.Equal("A table for 4 at Chez Ada.", await client.SayAsync("book_table", ("restaurant", "Chez Ada")));
        Assert.Equal("A table at Chez Ada: for how many?", asked!.Message);
        Assert.Equal(12, Assert.IsType<ElicitRequestParams.NumberSchema>(asked.RequestedSchema!.Properties["guests"]).Maximum);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_tool_is_notified_when_the_user_declines(Way way)
    {
        var client = await features.ConnectAsync(way, options => options.Handlers.ElicitationHandler = (_, _) => new(new ElicitResult { Action = "decline" }));
        Assert.Equal("No table: the user said 'decline'.", await client.SayAsync("book_table", ("restaurant", "Chez Ada")));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_request_to_a_client_without_the_capability_fails_with_the_reason(Way way)
    {
        var client = await features.ConnectAsync(way);
        var result = await client.CallToolAsync("book_table", new Dictionary<string, object?> { ["restaurant"] = "Chez Ada" }).AsTask()
            .WaitAsync(TestHost.Patience);
        Assert.True(result.IsError);
        Assert.Contains("does not support elicitation", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_tool_sends_the_user_to_a_page(Way way)
    {
        string? url = null;
        var client = await features.ConnectAsync(way, options =>
        {
            options.Capabilities = new() { Elicitation = new() { Url = new() } };
            options.Handlers.ElicitationHandler = (request, _) =>
            {
                url = $"{request?.Mode} {request?.Url}";
                return new(new ElicitResult { Action = "accept" });
            };
        });

        Assert.Equal("The payment page was opened.", await client.SayAsync("pay"));
        Assert.Equal("url https://pay.example.com/bill/1", url);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task R11_A_tool_requests_sampling_from_the_client(Way way)
    {
        var client = await features.ConnectAsync(way, options => options.Handlers.SamplingHandler = (request, _, _) => new(new CreateMessageResult
        {
            Model = "test",
            Content = [new TextContentBlock { Text = Assert.IsType<TextContentBlock>(request!.Messages[0].Content[0]).Text.Contains("'cat'") ? "hat" : "?" }],
        }));
        Assert.Equal("cat - hat", await client.SayAsync("rhyme", ("word", "cat")));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_tool_requests_the_roots_of_the_client(Way way)
    {
        var client = await features.ConnectAsync(way, options =>
            options.Handlers.RootsHandler = (_, _) => new(new ListRootsResult { Roots = [new() { Name = "work", Uri = "file:///work" }] }));
        Assert.Equal("work: file:///work", await client.SayAsync("where_am_i"));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_tool_sends_several_requests_in_one_answer(Way way)
    {
        var client = await features.ConnectAsync(way, options => options.Handlers.ElicitationHandler = (request, _) =>
        {
            var answer = request!.Message == "Which size?" ? "big" : "olives";
            return new(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, JsonElement> { ["answer"] = JsonSerializer.SerializeToElement(answer) }
            });
        });
        Assert.Equal("One big pizza with olives.", await client.SayAsync("order_pizza"));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task R11_A_subscriber_is_notified_of_a_changed_resource_and_reads_it_again(Way way)
    {
        var client = await features.ConnectAsync(way);
        var notifications = await NotificationRecorder.SubscribeAsync(client, NotificationMethods.ResourceUpdatedNotification, "sensor://temperature");

        var now = await client.SayAsync("heat", ("degrees", 1));
        Assert.Equal("sensor://temperature", (await notifications.NextAsync())!["uri"]!.GetValue<string>());
        Assert.Equal(now, Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync("sensor://temperature")).Contents)).Text);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task A_plugin_changes_its_items_while_it_runs(Way way)
    {
        var client = await features.ConnectAsync(way);
        var notifications = await NotificationRecorder.SubscribeAsync(client, NotificationMethods.ToolListChangedNotification);

        Assert.Equal("Call explain_roux.", await client.SayAsync("learn", ("word", "roux"), ("meaning", "Flour and butter.")));
        await notifications.NextAsync();
        Assert.Contains("explain_roux", await client.ToolNamesAsync());
        Assert.Equal("Flour and butter.", await client.SayAsync("explain_roux"));

        Assert.Equal("Forgotten.", await client.SayAsync("forget", ("word", "roux")));
        await notifications.NextAsync();
        Assert.DoesNotContain("explain_roux", await client.ToolNamesAsync());
    }

    /// <summary>Reports as they come, in their order.</summary>
    sealed class Reports(Action<ProgressNotificationValue> report) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => report(value);
    }
}
