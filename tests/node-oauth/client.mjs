// The official TypeScript client against a server that wants a token: gets one as it is told to, or brings the one that it is given.
// In: a JSON text as the only argument. Out: one line of JSON: the requests that it made, and the tool's answer or what kept it from one.
import { Client, ClientCredentialsProvider, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const { url, revision, tool, token, credentials } = JSON.parse(process.argv[2]);
const client = new Client(
  { name: 'spec', version: '1.0.0' },
  { versionNegotiation: { mode: revision >= '2026-07-28' ? { pin: revision } : 'legacy' } });

const requests = [];
const transport = new StreamableHTTPClientTransport(new URL(url), {
  authProvider: credentials && new ClientCredentialsProvider(credentials),
  requestInit: token && { headers: { Authorization: `Bearer ${token}` } },
  async fetch(input, init) {
    const response = await fetch(input, init);
    const challenge = response.headers.get('www-authenticate');
    requests.push({ what: `${init?.method ?? 'GET'} ${new URL(input).pathname}`, status: response.status, ...(challenge && { challenge }) });
    return response;
  },
});

const seen = { requests };
try {
  await client.connect(transport);
  const result = await client.callTool({ name: tool, arguments: {} });
  seen.answer = result.content[0].text;
  seen.isError = result.isError ?? false;
} catch (error) {
  seen.error = `${error.name}: ${error.message}`;
}
await client.close();
console.log(JSON.stringify(seen));
