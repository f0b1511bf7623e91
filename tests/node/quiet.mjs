// A session of an official client in which calls are given up and the GET stream is lost. Tells what the client complained of, and which GETs it sent.
// In: a JSON text as the only argument. Out: what it saw, as one line of JSON.
import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hop } from './hop.mjs';

const plan = JSON.parse(process.argv[2]);
const between = await hop(new URL(plan.url));
const complaints = [];
const complain = error => complaints.push(String(error.message ?? error));
const info = [{ name: 'quiet', version: '1.0.0' }, {}];
const { client, transport, callArguments } = await { sdk, client: second, 'mcp-remote': remote }[plan.client]();

let heard = () => {};
client.onerror = complain;
client.fallbackNotificationHandler = async notification => {
  if (notification.method === 'notifications/tools/list_changed')
    heard();
};
await client.connect(transport);
await between.seen(gets => gets.includes('200'));

const call = (name, options = {}) => client.callTool({ name, arguments: {} }, ...callArguments(options));
const outcome = promise => promise.then(() => 'answered', () => 'given up');
const seen = {};

if (plan.giveUp) {
  const enough = new AbortController();
  seen.aborted = await outcome(call('wait', { signal: enough.signal, onprogress: () => enough.abort() }));
  seen.timedOut = await outcome(call('wait', { timeout: 700 }));
  // What the client makes of the broken streams is seen only when it has asked to read on.
  await between.seen(gets => gets.filter(get => get === '405 resumed').length === 2);
}
if (plan.drop) {
  between.drop();
  await between.seen(gets => gets.includes('200 resumed'));
}

const changed = new Promise(done => { heard = done; });
writeFileSync(plan.edit.beside, plan.edit.text);
renameSync(plan.edit.beside, plan.edit.file);
await changed;
seen.answer = (await call('say')).content[0].text;
seen.gets = between.gets();
seen.complaints = complaints;
await client.close();
console.log(JSON.stringify(seen));
process.exit(0);

async function sdk() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  return { client: new Client(...info), transport: new StreamableHTTPClientTransport(new URL(between.url)), callArguments: options => [undefined, options] };
}

async function second() {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  return {
    client: new Client(info[0], { versionNegotiation: { mode: 'legacy' } }),
    transport: new StreamableHTTPClientTransport(new URL(between.url)),
    callArguments: options => [options],
  };
}

// The client speaks stdio with mcp-remote, and mcp-remote HTTP with the server; its complaints are lines on stderr.
async function remote() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const program = fileURLToPath(new URL('node_modules/mcp-remote/dist/proxy.js', import.meta.url));
  const transport = new StdioClientTransport({
    command: process.execPath, args: [program, between.url, '--allow-http', '--transport', 'http-only'], env: { ...process.env, MCP_REMOTE_CONFIG_DIR: plan.folder }, stderr: 'pipe',
  });
  transport.stderr.on('data', text => text.toString().split('\n').filter(line => /error|fail|exceed|conflict/i.test(line)).forEach(complain));
  return { client: new Client(...info), transport, callArguments: options => [undefined, options] };
}
