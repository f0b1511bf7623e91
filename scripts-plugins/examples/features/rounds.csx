// Several rounds by hand (2026-07-28, SEP-2322): for questions that belong together, or a state that must outlive this process. Mostly,
// awaiting server.ElicitAsync is simpler (see elicitation.csx). Sessions are served too: there the SDK asks the client and calls again.
const string state = "ordering";

mcp.Tool("order_pizza", "Orders a pizza; asks for the size and the topping at once.", (RequestContext<CallToolRequestParams> call) =>
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

// What comes back is the client's word: look at it before using it.
string? Answer(RequestContext<CallToolRequestParams> call, string question) =>
    call.Params.InputResponses?.TryGetValue(question, out var response) is true
    && response.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { IsAccepted: true, Content: { } content }
    && content.TryGetValue("answer", out var answer) ? answer.GetString() : null;
