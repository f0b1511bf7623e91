// Server of the official TypeScript SDK with one tool: over stdio, or, with a port as argument, over Streamable HTTP with sessions.
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

function make() {
  const server = new McpServer({ name: 'typescript', version: '1' });
  server.registerTool('echo', { description: 'Says it again.', inputSchema: { message: z.string() } }, async ({ message }) => ({ content: [{ type: 'text', text: message }] }));
  return server;
}

const port = process.argv[2];
if (port === undefined) {
  await make().connect(new StdioServerTransport());
} else {
  const sessions = new Map();
  const http = createServer(async (request, response) => {
    let transport = sessions.get(request.headers['mcp-session-id']);
    if (!transport) {
      transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, onsessioninitialized: (id) => sessions.set(id, transport) });
      await make().connect(transport);
    }
    await transport.handleRequest(request, response);
  });
  // Callers are idle while other servers are measured; their connections must stay open.
  http.keepAliveTimeout = 0;
  http.listen(Number(port), '127.0.0.1', () => console.error(`listening on ${http.address().port}`));
}
