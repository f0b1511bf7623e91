// A real OAuth server on a free port of this machine: opaque tokens by client credentials, introspection with client authentication, revocation.
// Its first line of output is its issuer URL. It ends when its input does, so that it never outlives the spec that started it.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const scopes = 'user admin mcp:manage';
const machine = (client_id, more) => ({
  client_id,
  client_secret: `${client_id}-secret`,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  ...more,
});

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    // The blank and the signs are there because a client must encode them before it joins id and secret.
    clients: [machine('agent'), machine('other'), machine('mcp', { client_secret: 'a secret: 100%+' })],
    scopes: scopes.split(' '),
    routes: { introspection: '/introspect' },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({ scope: scopes, audience: resource, accessTokenFormat: 'opaque', accessTokenTTL: 3600 }),
      },
    },
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
process.stdin.on('end', () => process.exit(0)).resume();
