// Lists the tools with an official client, which then checks each answer against the listed output schema, and calls some of them.
// In: a JSON text as the only argument. Out: what came of each call, as one line of JSON.
const plan = JSON.parse(process.argv[2]);
const info = [{ name: 'answers', version: '1.0.0' }, {}];
const { client, transport, call } = await { sdk, legacy: () => second('legacy'), modern: () => second({ pin: '2026-07-28' }) }[plan.client]();
await client.connect(transport);
await client.listTools();
const seen = {};
for (const { name, tool, args } of plan.calls) {
  try {
    const result = await call({ name: tool, arguments: args });
    seen[name] = result.isError ? `error: ${result.content[0].text}` : JSON.stringify(result.structuredContent ?? result.content[0]?.text ?? null);
  } catch (e) {
    seen[name] = `THROWN ${e.message}`;
  }
}
await client.close();
console.log(JSON.stringify(seen));
process.exit(0);

async function sdk() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  const client = new Client(...info);
  return { client, transport: new StreamableHTTPClientTransport(new URL(plan.url)), call: request => client.callTool(request) };
}

async function second(mode) {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const client = new Client(info[0], { versionNegotiation: { mode } });
  return { client, transport: new StreamableHTTPClientTransport(new URL(plan.url)), call: request => client.callTool(request) };
}
