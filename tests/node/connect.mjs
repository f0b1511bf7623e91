// Connects the official TypeScript client as a spec says: over stdio or Streamable HTTP, in one of the two protocol eras.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const listChanged = 'notifications/tools/list_changed';

/** The client, and a way to wait until it has heard that the tools have changed. */
export async function connect({ revision, server }) {
  const stateless = revision >= '2026-07-28';
  const client = new Client(
    { name: 'spec', version: '1.0.0' },
    { versionNegotiation: { mode: stateless ? { pin: revision } : 'legacy' } });
  const news = signal();
  client.setNotificationHandler(listChanged, news.fire);

  const listening = signal();
  await client.connect(server.url ? http(server.url, listening.fire) : new StdioClientTransport({ ...server, stderr: 'inherit' }));
  if (stateless)
    await client.listen({ toolsListChanged: true });
  else if (server.url)
    await listening.fired; // What is sent before the GET stream is open is lost.
  return { client, heard: news.fired };
}

function http(url, onListening) {
  return new StreamableHTTPClientTransport(new URL(url), {
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (init?.method === 'GET' && response.ok)
        onListening();
      return response;
    },
  });
}

function signal() {
  let fire;
  const fired = new Promise(resolve => { fire = () => resolve(); });
  return { fire, fired };
}
