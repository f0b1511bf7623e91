// A proxy hop in front of the server: it passes everything on and notes each GET of a session. It can drop a client's GET stream while it keeps its own connection to the server open.
import { createServer, request } from 'node:http';

/** Starts it. `seen(gets)` completes when it holds of the GETs that have been answered; `drop()` breaks the newest open GET stream. */
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
      waiting.forEach(one => one());
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  const gets = () => answered.map(one => `${one.status}${one.resumed ? ' resumed' : ''}`);
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}${target.pathname}`,
    gets,
    seen: holds => new Promise(done => {
      const look = () => holds(gets()) && done();
      waiting.push(look);
      look();
    }),
    drop: () => open.pop().destroy(),
  };
}
