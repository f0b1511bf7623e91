// Fixtures of the official conformance suite: input-required results (2026-07-28, SEP-2322), created without the helper methods of the SDK.
using System.Security.Cryptography;

var key = RandomNumberGenerator.GetBytes(32);
string Sign(string state) => $"{state}.{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(state)))}";
bool IsSigned(string? state) => state?.LastIndexOf('.') is > 0 and var dot && Sign(state[..dot]) == state;

InputRequest Form(string message, string property, string type = "string") => InputRequest.ForElicitation(new ElicitRequestParams
{
    Message = message,
    RequestedSchema = new()
    {
        Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>
        {
            [property] = type == "boolean" ? new ElicitRequestParams.BooleanSchema() : new ElicitRequestParams.StringSchema(),
        },
        Required = [property],
    },
});

InputRequest Sampling(string question, int tokens) => InputRequest.ForSampling(new CreateMessageRequestParams
{
    Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = question }] }], MaxTokens = tokens,
});

InputRequest Roots() => InputRequest.ForRootsList(new ListRootsRequestParams());

// The response of a key; null if it is missing or not an object.
JsonElement? Answer(RequestParams request, string name) =>
    request.InputResponses?.TryGetValue(name, out var response) is true && response.RawValue.ValueKind == JsonValueKind.Object ? response.RawValue : null;

string? Field(JsonElement? answer, string name) =>
    answer is { } a && a.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object
    && content.TryGetProperty(name, out var value) ? value.ToString() : null;

Exception Ask(string? state, params (string Key, InputRequest Request)[] requests) =>
    new InputRequiredException(requests.ToDictionary(one => one.Key, one => one.Request), state);

mcp.Tool("test_input_required_result_elicitation", "Requests a name.", (RequestContext<CallToolRequestParams> call) =>
    Field(Answer(call.Params, "user_name"), "name") is { } name ? $"Hello, {name}!" : throw Ask(null, ("user_name", Form("What is your name?", "name"))));

mcp.Tool("test_input_required_result_sampling", "Asks the client's model.", (RequestContext<CallToolRequestParams> call) =>
    Answer(call.Params, "capital_question") is { } answer
        ? $"The answer: {answer.GetProperty("content")}"
        : throw Ask(null, ("capital_question", Sampling("What is the capital of France?", 100))));

mcp.Tool("test_input_required_result_list_roots", "Requests the roots.", (RequestContext<CallToolRequestParams> call) =>
    Answer(call.Params, "client_roots") is { } answer ? $"Roots: {answer.GetProperty("roots")}" : throw Ask(null, ("client_roots", Roots())));

mcp.Tool("test_input_required_result_request_state", "Requests a confirmation, with a state.", (RequestContext<CallToolRequestParams> call) =>
    call.Params.RequestState is not null && Answer(call.Params, "confirm") is not null
        ? "state-ok"
        : throw Ask(Sign("request-state"), ("confirm", Form("Please confirm", "ok", "boolean"))));

mcp.Tool("test_input_required_result_multiple_inputs", "Asks three things at once.", (RequestContext<CallToolRequestParams> call) =>
    Answer(call.Params, "user_name") is { } name && Answer(call.Params, "greeting") is not null && Answer(call.Params, "client_roots") is not null
        ? $"All three: {Field(name, "name")}"
        : throw Ask(Sign("multiple"),
            ("user_name", Form("What is your name?", "name")), ("greeting", Sampling("Say a greeting.", 50)), ("client_roots", Roots())));

mcp.Tool("test_input_required_result_multi_round", "Asks twice.", (RequestContext<CallToolRequestParams> call) =>
{
    if (call.Params.RequestState == Sign("round-2") && Field(Answer(call.Params, "step2"), "color") is { } color)
        return $"Done: {color}";
    if (call.Params.RequestState == Sign("round-1") && Answer(call.Params, "step1") is not null)
        throw Ask(Sign("round-2"), ("step2", Form("Which colour?", "color")));
    throw Ask(Sign("round-1"), ("step1", Form("Which name?", "name")));
});

mcp.Tool("test_input_required_result_tampered_state", "Refuses a state that is not its own.", (RequestContext<CallToolRequestParams> call) =>
{
    if (call.Params.RequestState is not { } state)
        throw Ask(Sign("tampered"), ("confirm", Form("Please confirm", "ok", "boolean")));
    return IsSigned(state) ? "confirmed" : throw new McpProtocolException("The requestState was changed on its way.", McpErrorCode.InvalidParams);
});

mcp.Tool("test_input_required_result_capabilities", "Asks only what the client can answer.", (RequestContext<CallToolRequestParams> call) =>
{
    if (call.Params.InputResponses is { Count: > 0 })
        return "answered";
    var can = call.JsonRpcRequest.Context?.ClientCapabilities;
    throw Ask(Sign("capabilities"), can?.Elicitation is not null
        ? ("user_name", Form("What is your name?", "name"))
        : ("greeting", Sampling("Say a greeting.", 50)));
});

mcp.Prompt("test_input_required_result_prompt", "A prompt that requests its context.", (RequestContext<GetPromptRequestParams> call) =>
    Field(Answer(call.Params, "user_context"), "context") is { } context
        ? $"Use this context: {context}"
        : throw Ask(null, ("user_context", Form("What context should the prompt use?", "context"))));
