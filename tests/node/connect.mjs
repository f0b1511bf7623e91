// Connects the official TypeScript client as a spec says: over stdio or Streamable HTTP, in one of the two protocol eras.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/**
 * The client, and ways to wait until it has heard that the tools, or the resource it is to subscribe to, have changed.
 * With an answer it is a client whose user can be asked.
 */
export async function connect({ revision, server, resource, answer }) {
  const stateless = revision >= '2026-07-28';
  const client = new Client(
    { name: 'spec', version: '1.0.0' },
    { versionNegotiation: { mode: stateless ? { pin: revision } : 'legacy' }, capabilities: answer ? { elicitation: {} } : {} });
  const news = signal();
  client.setNotificationHandler('notifications/tools/list_changed', news.fire);
  const update = signal();
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => update.fire(params.uri));
  if (answer)
    client.setRequestHandler('elicitation/create', ({ params }) => answer(params));

  const listening = signal();
  await client.connect(server.url ? http(server.url, listening.fire) : new StdioClientTransport({ ...server, stderr: 'inherit' }));
  if (stateless)
    await client.listen({ toolsListChanged: true, ...(resource ? { resourceSubscriptions: [resource] } : {}) });
  else {
    if (server.url)
      await listening.fired; // So that nothing is older than what a spec waits for.
    if (resource)
      await client.subscribeResource({ uri: resource });
  }
  return { client, heard: news.fired, updated: update.fired };
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
  const fired = new Promise(resolve => { fire = value => resolve(value); });
  return { fire, fired };
}
