// A proxy hop in front of the server: it passes everything on and notes each GET of a session. It can drop a client's GET stream while it keeps its own connection to the server open.
import { createServer, request } from 'node:http';

/** Starts it. `listened(n)` completes when the n-th GET has been answered, with its status; `drop()` breaks the newest open GET stream. */
export async function hop(target) {
  const answered = [];
  const waiting = [];
  const open = [];
  const server = createServer((incoming, outgoing) => {
    const upstream = request(target, { method: incoming.method, headers: { ...incoming.headers, host: target.host } }, answer => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      outgoing.flushHeaders();
      answer.on('data', piece => outgoing.destroyed || outgoing.write(piece));
      answer.on('end', () => outgoing.destroyed || outgoing.end());
      answer.on('error', () => outgoing.destroy());
      // Without a session it is a question for the way to log in.
      if (incoming.method !== 'GET' || !incoming.headers['mcp-session-id'])
        return;
      if (answer.statusCode === 200)
        open.push(outgoing);
      answered.push({ status: answer.statusCode, resumed: 'last-event-id' in incoming.headers });
      for (const one of waiting.filter(one => one.count <= answered.length))
        one.done(answered[one.count - 1]);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}${target.pathname}`,
    gets: () => answered.map(one => `${one.status}${one.resumed ? ' resumed' : ''}`),
    listened: count => answered.length >= count ? Promise.resolve(answered[count - 1]) : new Promise(done => waiting.push({ count, done })),
    drop: () => open.pop().destroy(),
  };
}
