namespace McpScript.Framework.Tests.Http;

/// <summary>A request that no good client sends, and how it must be answered.</summary>
sealed record HostileRequest(string Name, int Status, int? Code, string? Id, Func<HttpHost, string, HttpRequestMessage> Make)
{
    const string Initialize = """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":"""
        + """{"name":"x","version":"1"}}}""";
    const string List = """{"jsonrpc":"2.0","id":7,"method":"tools/list"}""";
    static readonly string Deep = string.Concat(Enumerable.Repeat("[", 500)) + string.Concat(Enumerable.Repeat("]", 500));

    /// <summary>All of them. The second argument of each is the id of a living session.</summary>
    public static IReadOnlyDictionary<string, HostileRequest> All { get; } = Bodies().Concat(Heads()).Concat(Sessions()).Concat(Stateless())
        .ToDictionary(one => one.Name);

    static IEnumerable<HostileRequest> Bodies()
    {
        yield return Body("an empty body", "", -32700);
        yield return Body("white space", " \r\n\t ", -32700);
        yield return Body("null", "null", -32600);
        yield return Body("a number", "42", -32600);
        yield return Body("a text", "\"initialize\"", -32600);
        yield return Body("no JSON at all", "<xml/>", -32700);
        yield return Body("truncated JSON", Initialize[..40], -32700);
        yield return Body("two messages", List + List, -32700);
        yield return Body("trailing garbage", Initialize + "}", -32700);
        yield return Body("an empty batch", "[]", -32600);
        yield return Body("a batch", $"[{List},{List}]", -32600);
        yield return Body("a batch behind white space", $"  \n[{List}]", -32600);
        yield return Body("an empty object", "{}", -32600);
        yield return Body("no jsonrpc", """{"id":7,"method":"ping"}""", -32600, "7");
        yield return Body("jsonrpc 1.0", """{"jsonrpc":"1.0","id":7,"method":"ping"}""", -32600, "7");
        yield return Body("jsonrpc as a number", """{"jsonrpc":2.0,"id":7,"method":"ping"}""", -32600, "7");
        yield return Body("jsonrpc as an object", """{"jsonrpc":{},"id":7,"method":"ping"}""", -32600, "7");
        yield return Body("an id that is null", """{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600);
        yield return Body("an id that is an object", """{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600);
        yield return Body("an id that is an array", """{"jsonrpc":"2.0","id":[7],"method":"ping"}""", -32600);
        yield return Body("an id that is true", """{"jsonrpc":"2.0","id":true,"method":"ping"}""", -32600);
        yield return Body("an id with a fraction", """{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600);
        yield return Body("an id beyond 64 bits", """{"jsonrpc":"2.0","id":99999999999999999999,"method":"ping"}""", -32600);
        yield return Body("a method that is a number", """{"jsonrpc":"2.0","id":7,"method":5}""", -32600, "7");
        yield return Body("a method whose field has capitals", """{"jsonrpc":"2.0","id":7,"Method":"ping"}""", -32600, "7");
        yield return Body("jsonrpc in capitals", """{"JSONRPC":"2.0","id":7,"method":"ping"}""", -32600, "7");
        yield return Body("a method that is null", """{"jsonrpc":"2.0","id":7,"method":null}""", -32600, "7");
        yield return Body("an id and nothing else", """{"jsonrpc":"2.0","id":7}""", -32600, "7");
        yield return Body("half a surrogate pair in the method", """{"jsonrpc":"2.0","id":7,"method":"\ud800"}""", -32600, "7");
        yield return Body("half a surrogate pair in a name", """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"\udc00":1}}""", -32600, "7");
        yield return Body("half a surrogate pair deep inside", """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"a":["\ud800x"]}}""", -32600, "7");
        yield return Body("a duplicate parameter",
            """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-06-18","protocolVersion":"x"}}""", -32600, "7");
        yield return Body("a duplicate deep inside", """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"_meta":{"a":{"b":1,"b":2}}}}""", -32600, "7");
        yield return Body("JSON that is too deep", $$"""{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"a":{{Deep}} } }""", -32600, "7");
        yield return Body("JSON that is far too deep", new string('[', 200_000), -32600);
        yield return Body("a deep unknown field", $$"""{"jsonrpc":"2.0","id":7,"method":"ping","x":{{Deep}}}""", -32600, "7");
        yield return Body("comments", "/* hi */" + List, -32700);
        yield return Body("a trailing comma", """{"jsonrpc":"2.0","id":7,"method":"ping",}""", -32700);
        yield return Body("a NUL byte", "\0" + List, -32700);
        yield return Body("params that are a text", """{"jsonrpc":"2.0","id":7,"method":"initialize","params":"all"}""", -32602, "7");
        yield return Body("params that are an array", """{"jsonrpc":"2.0","id":7,"method":"initialize","params":[]}""", -32602, "7");
        yield return Body("initialize without params", """{"jsonrpc":"2.0","id":7,"method":"initialize"}""", -32602, "7");
        yield return Body("initialize with numbers for texts",
            """{"jsonrpc":"2.0","id":"seven","method":"initialize","params":{"protocolVersion":1,"capabilities":{},"clientInfo":{}}}""", -32602, "seven");
        yield return Body("initialize for the stateless era", Initialize.Replace("2025-06-18", "2026-07-28"), -32022, "7");
        yield return Bytes("bytes that are no UTF-8", [.. "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""u8, 0xFF, 0xFE, .. "\"}"u8], 400, -32700);
        yield return Bytes("an overlong encoding", [.. "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""u8, 0xC0, 0xAF, .. "\"}"u8], 400, -32700);
        yield return Bytes("UTF-16", System.Text.Encoding.Unicode.GetBytes(List), 400, -32700);
        yield return Bytes("random bytes", [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))], 400, -32700);
        yield return Bytes("a body that is too large", new byte[5 * 1024 * 1024], 413, -32000);
        yield return new("a chunked body that is too large", 413, -32000, null, (host, _) =>
        {
            var request = host.Post(new string(' ', 5 * 1024 * 1024));
            request.Headers.TransferEncodingChunked = true;
            return request;
        });
    }

    static IEnumerable<HostileRequest> Heads()
    {
        yield return Head("PUT", 405, -32000, (host, _) => host.Request(HttpMethod.Put, new StringContent(Initialize)));
        yield return Head("PATCH", 405, -32000, (host, _) => host.Request(HttpMethod.Patch, new StringContent(Initialize)));
        yield return Head("HEAD", 405, null, (host, _) => host.Request(HttpMethod.Head, null));
        yield return Head("an invented method", 405, -32000, (host, _) => host.Request(new HttpMethod("BREW"), null));
        yield return Head("a compressed body", 415, -32000, (host, _) => Compressed(host.Post(Initialize)));
        yield return Head("Accept without event streams", 406, -32000, (host, _) => host.Post(Initialize, ("Accept", "application/json")));
        yield return Head("Accept without JSON", 406, -32000, (host, _) => host.Post(Initialize, ("Accept", "text/event-stream")));
        yield return Head(
            "Accept that refuses event streams", 406, -32000, (host, _) => host.Post(Initialize, ("Accept", "application/json, text/event-stream;q=0")));
        yield return Head("Accept that is garbage", 406, -32000, (host, _) => host.Post(Initialize, ("Accept", ";;,/,\"")));
        yield return Head("no Content-Type", 415, -32000, (host, _) => host.Post(Initialize, ("Content-Type", "")));
        yield return Head("Content-Type text/plain", 415, -32000, (host, _) => host.Post(Initialize, ("Content-Type", "text/plain")));
        yield return Head("Content-Type of a form", 415, -32000, (host, _) => host.Post(Initialize, ("Content-Type", "application/x-www-form-urlencoded")));
        yield return Head("Content-Type garbage", 415, -32000, (host, _) => host.Post(Initialize, ("Content-Type", "application/json;;;=")));
        yield return Head("Content-Type JSON in UTF-16", 415, -32000, (host, _) => host.Post(Initialize, ("Content-Type", "application/json; charset=utf-16")));
        yield return Head("a foreign Host", 403, -32000, (host, _) => host.Post(Initialize, ("Host", "evil.example.com")));
        yield return Head("a foreign Host with our port", 403, -32000, (host, _) => host.Post(Initialize, ("Host", $"evil.example.com:{host.Base.Port}")));
        yield return Head("a Host that begins like ours", 403, -32000, (host, _) => host.Post(Initialize, ("Host", "localhost.evil.example.com")));
        yield return Head("a Host that ends like ours", 403, -32000, (host, _) => host.Post(Initialize, ("Host", "evil-localhost")));
        yield return Head("a foreign Origin", 403, -32000, (host, _) => host.Post(Initialize, ("Origin", "https://evil.example.com")));
        yield return Head(
            "a foreign Origin that begins like ours", 403, -32000, (host, _) => host.Post(Initialize, ("Origin", "http://localhost.evil.example.com")));
        yield return Head(
            "an Origin with our name as the user", 403, -32000, (host, _) => host.Post(Initialize, ("Origin", "http://localhost@evil.example.com")));
        yield return Head("Origin null", 403, -32000, (host, _) => host.Post(Initialize, ("Origin", "null")));
        yield return Head("an Origin that is no URL", 403, -32000, (host, _) => host.Post(Initialize, ("Origin", "%%%")));
        yield return Head("a foreign preflight", 403, -32000,
            (host, _) => host.Request(HttpMethod.Options, null, ("Origin", "https://evil.example.com"), ("Access-Control-Request-Method", "POST")));
        yield return Head("an unknown version", 400, -32022, (host, _) => host.Post(Initialize, ("MCP-Protocol-Version", "v999.0.0")), "7");
        yield return Head("a future version", 400, -32022, (host, _) => host.Post(List, ("MCP-Protocol-Version", "2099-01-01")), "7");
        yield return Head("two versions", 400, -32022, (host, _) => host.Post(List, ("MCP-Protocol-Version", "2025-06-18, 2025-11-25")), "7");
        yield return Head(
            "a version that initialize contradicts", 400, -32020, (host, _) => host.Post(Initialize, ("MCP-Protocol-Version", "2025-11-25")), "7");
    }

    static IEnumerable<HostileRequest> Sessions()
    {
        yield return Head("no session", 400, -32000, (host, _) => host.Post(List), "7");
        yield return Head(
            "a notification without a session", 400, -32000, (host, _) => host.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}"""));
        yield return Head("an answer without a session", 400, -32000, (host, _) => host.Post("""{"jsonrpc":"2.0","id":1,"result":{}}"""));
        yield return Head("an unknown session", 404, -32001, (host, _) => host.Post(List, ("Mcp-Session-Id", "made-up")), "7");
        yield return Head("a session id that climbs", 404, -32001, (host, _) => host.Post(List, ("Mcp-Session-Id", "../../etc/passwd")), "7");
        yield return Head("a very long session id", 404, -32001, (host, _) => host.Post(List, ("Mcp-Session-Id", new string('a', 8000))), "7");
        yield return Head("a session id in the wrong case", 404, -32001, (host, id) => host.Post(List, ("Mcp-Session-Id", id + "A")), "7");
        yield return Head("another user's session", 403, -32000, (host, id) => host.Post(List, ("Mcp-Session-Id", id), ("X-User", "mallory")), "7");
        yield return Head("a GET without a session", 400, -32000, (host, _) => host.Request(HttpMethod.Get, null, ("Accept", "text/event-stream")));
        yield return Head("a GET of an unknown session", 404, -32001, (host, _) => host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", "made-up")));
        yield return Head(
            "a GET that wants JSON", 406, -32000, (host, id) => host.Request(HttpMethod.Get, null, ("Accept", "application/json"), ("Mcp-Session-Id", id)));
        yield return Head("a GET of an unknown version", 400, -32022,
            (host, id) => host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", id), ("MCP-Protocol-Version", "0")));
        yield return Head("a GET behind an unknown event", 400, -32000,
            (host, id) => host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", id), ("Last-Event-ID", "99999-1")));
        yield return Head("a GET behind an odd event", 400, -32000,
            (host, id) => host.Request(HttpMethod.Get, null, ("Mcp-Session-Id", id), ("Last-Event-ID", "-1--9999999999999999999999")));
        yield return Head("a stateless GET", 405, -32000, (host, _) => host.Request(HttpMethod.Get, null, ("MCP-Protocol-Version", Raw.Stateless)));
        yield return Head("a stateless DELETE", 405, -32000,
            (host, id) => host.Request(HttpMethod.Delete, null, ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Session-Id", id)));
        yield return Head("a DELETE without a session", 400, -32000, (host, _) => host.Request(HttpMethod.Delete, null));
        yield return Head("a DELETE of an unknown session", 404, -32001, (host, _) => host.Request(HttpMethod.Delete, null, ("Mcp-Session-Id", "made-up")));
        yield return Head("a DELETE of another user's session", 403, -32000,
            (host, id) => host.Request(HttpMethod.Delete, null, ("Mcp-Session-Id", id), ("X-User", "mallory")));
        yield return InSession("an unknown tool", Raw.Call("no_such_tool", 7), -32602, "7");
        yield return InSession("an unknown method", """{"jsonrpc":"2.0","id":7,"method":"no/such"}""", -32601, "7");
        yield return InSession("a call without a name", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}""", -32603, "7");
        yield return InSession("a call whose name is a number", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":5}}""", -32603, "7");
        yield return InSession("a call whose params are an array", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":[1]}""", -32603, "7");
        yield return InSession("a call without params", """{"jsonrpc":"2.0","id":7,"method":"tools/call"}""", -32602, "7");
        yield return InSession("reserved metadata in a session", $$"""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{ {{Raw.Meta}} } }""", -32020,
            "7") with
        { Status = 400 };
        yield return InSession("a second initialize", Initialize, -32600, "7") with { Status = 400 };
        yield return InSession("a second initialize with bad params", """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":{}}}""",
            -32600, "7") with
        { Status = 400 };
        yield return InSession("an empty text as the id", """{"jsonrpc":"2.0","id":"","method":"no/such"}""", -32601, "");
        yield return InSession(
            "a very long id", $$"""{"jsonrpc":"2.0","id":"{{new string('i', 100_000)}}","method":"no/such"}""", -32601, new string('i', 100_000));
        yield return InSession("the name of the GET stream as the id", """{"jsonrpc":"2.0","id":"__get__","method":"no/such"}""", -32601, "__get__");
        yield return InSession("two ids", """{"jsonrpc":"2.0","id":6,"id":7,"method":"no/such"}""", -32601, "7");
        yield return InSession("a cancellation of nothing", """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{}}}""", null,
            null) with
        { Status = 202 };
        yield return InSession("a cancellation without params", """{"jsonrpc":"2.0","method":"notifications/cancelled"}""", null, null) with { Status = 202 };
        yield return InSession("an answer to no question", """{"jsonrpc":"2.0","id":"zzz","result":{}}""", null, null) with { Status = 202 };
        yield return InSession("an error to no question", """{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"m"}}""", null, null) with { Status = 202 };
    }

    static IEnumerable<HostileRequest> Stateless()
    {
        yield return Call("no _meta", -32602, "", ["Mcp-Method: tools/call", "Mcp-Name: echo"]);
        yield return Call("_meta that is a text", -32602, ""","_meta":"x" """, ["Mcp-Method: tools/call", "Mcp-Name: echo"]);
        yield return Call(
            "_meta without a version", -32602, ""","_meta":{"io.modelcontextprotocol/clientCapabilities":{}}""", ["Mcp-Method: tools/call", "Mcp-Name: echo"]);
        yield return Call("_meta with a version that is a number", -32602,
            ""","_meta":{"io.modelcontextprotocol/protocolVersion":2026,"io.modelcontextprotocol/clientCapabilities":{}}""",
            ["Mcp-Method: tools/call", "Mcp-Name: echo"]);
        yield return Call("_meta without capabilities", -32602, ""","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}""",
            ["Mcp-Method: tools/call", "Mcp-Name: echo"]);
        yield return Call("capabilities that are an array", -32602,
            ""","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}""",
            ["Mcp-Method: tools/call", "Mcp-Name: echo"]);
        yield return Call(
            "_meta with another version", -32020, "," + Raw.Meta.Replace("2026-07-28", "2025-11-25"), ["Mcp-Method: tools/call", "Mcp-Name: echo"]);
        yield return Call("no Mcp-Method", -32020, "," + Raw.Meta, ["Mcp-Name: echo"]);
        yield return Call("a wrong Mcp-Method", -32020, "," + Raw.Meta, ["Mcp-Method: tools/list", "Mcp-Name: echo"]);
        yield return Call("Mcp-Method in capitals", -32020, "," + Raw.Meta, ["Mcp-Method: TOOLS/CALL", "Mcp-Name: echo"]);
        yield return Call("no Mcp-Name", -32020, "," + Raw.Meta, ["Mcp-Method: tools/call"]);
        yield return Call("a wrong Mcp-Name", -32020, "," + Raw.Meta, ["Mcp-Method: tools/call", "Mcp-Name: whoami"]);
        yield return Call("Mcp-Name in broken base64", -32020, "," + Raw.Meta, ["Mcp-Method: tools/call", "Mcp-Name: =?base64?!!!?="]);
        yield return Call("Mcp-Name that is not ASCII", -32020, "," + Raw.Meta, ["Mcp-Method: tools/call", "Mcp-Name: échö"]);
        yield return Head("a name that is a number", 400, -32020,
            (host, _) => host.Post($$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":5,{{Raw.Meta}} } }""",
            ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Method", "tools/call"), ("Mcp-Name", "5")), "7");
        yield return Head("the stateless version in the body only", 400, -32020,
            (host, _) => host.Post($$"""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{ {{Raw.Meta}} } }"""), "7");
        foreach (var removed in (string[])["initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"])
            yield return Head($"{removed} in the stateless era", 404, -32601,
                (host, _) => host.Post($$"""{"jsonrpc":"2.0","id":7,"method":"{{removed}}","params":{ {{Raw.Meta}} } }""",
                ("MCP-Protocol-Version", Raw.Stateless), ("Mcp-Method", removed)), "7");
    }

    static HostileRequest Body(string name, string body, int code, string? id = null) => new(name, 400, code, id, (host, _) => host.Post(body));

    static HostileRequest Bytes(string name, byte[] body, int status, int code) =>
        new(name, status, code, null, (host, _) => host.Request(HttpMethod.Post, new ByteArrayContent(body)));

    static HostileRequest Head(string name, int status, int? code, Func<HttpHost, string, HttpRequestMessage> make, string? id = null) =>
        new(name, status, code, id, make);

    static HostileRequest InSession(string name, string body, int? code, string? id) =>
        new(name, 200, code, id, (host, session) => host.Post(body, ("Mcp-Session-Id", session)));

    static HostileRequest Call(string name, int code, string meta, string[] headers) => new(name, 400, code, "7", (host, _) => host.Post(
        Raw.Call("echo", 7, """{"text":"x"}""", meta),
        [("MCP-Protocol-Version", Raw.Stateless), .. headers.Select(header => (header.Split(": ")[0], header.Split(": ")[1]))]));

    static HttpRequestMessage Compressed(HttpRequestMessage request)
    {
        request.Content!.Headers.ContentEncoding.Add("gzip");
        return request;
    }
}
