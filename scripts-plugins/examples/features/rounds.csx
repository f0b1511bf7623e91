// Input-required results (2026-07-28, SEP-2322): for several questions at once, or a state that must outlive this process. In most cases,
// server.ElicitAsync is simpler (see elicitation.csx). Sessions work too: the SDK sends the questions to the client and calls the handler again.
const string state = "ordering";

mcp.Tool("order_pizza", "Orders a pizza; requests the size and the topping together.", (RequestContext<CallToolRequestParams> call) =>
{
    if (call.Params.RequestState == state && Answer(call, "size") is { } size && Answer(call, "topping") is { } topping)
        return $"One {size} pizza with {topping}.";
    throw new InputRequiredException(new Dictionary<string, InputRequest> { ["size"] = Ask("Which size?"), ["topping"] = Ask("Which topping?") }, state);
});

InputRequest Ask(string question) => InputRequest.ForElicitation(new ElicitRequestParams
{
    Message = question,
    RequestedSchema = new() { Properties = { ["answer"] = new ElicitRequestParams.StringSchema() }, Required = ["answer"] },
});

// Responses come from the client and must be validated.
string? Answer(RequestContext<CallToolRequestParams> call, string question) =>
    call.Params.InputResponses?.TryGetValue(question, out var response) is true
    && response.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { IsAccepted: true, Content: { } content }
    && content.TryGetValue("answer", out var answer) ? answer.GetString() : null;
