using System.Diagnostics;
using System.Text.Json.Nodes;
using McpScript.Invocation;

namespace McpScript.Core.Tests.Invocation;

public sealed class CallSpansTests
{
    const string Told = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public void The_clients_trace_context_in_meta_is_the_parent()
    {
        var parent = CallSpans.ParentOf(new JsonObject { ["traceparent"] = Told, ["tracestate"] = "vendor=x" });
        Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "vendor=x", true),
            (parent.TraceId.ToHexString(), parent.SpanId.ToHexString(), parent.TraceState, parent.IsRemote));
    }

    [Fact]
    public void Without_a_valid_trace_context_the_current_span_is_the_parent()
    {
        foreach (var meta in new JsonObject?[] { null, [], new() { ["traceparent"] = "rubbish" }, new() { ["traceparent"] = 7 },
            new() { ["traceparent"] = null } })
        {
            Assert.Equal(default, CallSpans.ParentOf(meta));
            using var around = new Activity("request").Start();
            Assert.Equal(around.Context, CallSpans.ParentOf(meta));
        }
    }

    [Fact]
    public void A_surrounding_span_counts_only_if_it_is_of_the_same_trace()
    {
        using (new Activity("request of a proxy on the way").Start())
            Assert.Equal("00f067aa0ba902b7", CallSpans.ParentOf(new() { ["traceparent"] = Told }).SpanId.ToHexString());
        using var sdk = new Activity("the SDK's").SetParentId(Told).Start();
        Assert.Equal(sdk.SpanId, CallSpans.ParentOf(new() { ["traceparent"] = Told }).SpanId);
    }
}
