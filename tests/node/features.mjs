// What happens while a call runs, with the official TypeScript client: progress, cancellation, a question to the user, and a resource that it is told of.
// In: a JSON text as the only argument. Out: what it saw, as one line of JSON.
import { connect } from './connect.mjs';

const plan = JSON.parse(process.argv[2]);
const sensor = 'sensor://temperature';
const asked = [];
const { client, updated } = await connect({
  ...plan,
  resource: sensor,
  answer: question => {
    asked.push(question.message);
    return { action: 'accept', content: { guests: 4 } };
  },
});

const call = async (name, args = {}, options = {}) => (await client.callTool({ name, arguments: args }, options)).content[0].text;
const read = async uri => (await client.readResource({ uri }, { cacheMode: 'bypass' })).contents[0].text;

const seen = { revision: client.getNegotiatedProtocolVersion() };

// The client is deaf to progress once it has the answer; so the tool waits until all of it has been heard.
seen.steps = [];
seen.cake = await call('bake_slowly', {}, {
  onprogress: ({ progress, total, message }) => {
    if (seen.steps.push(`${progress}/${total} ${message}`) === 3)
      call('take_out');
  },
});

const before = Number(await read('sheep://cancelled'));
const enough = new AbortController();
seen.counting = await call('count_sheep', {}, { signal: enough.signal, onprogress: () => enough.abort('awake again') }).then(() => 'answered', () => 'given up');
while (Number(await read('sheep://cancelled')) === before)
  await new Promise(resolve => setTimeout(resolve, 20));
seen.cancelled = Number(await read('sheep://cancelled')) - before;

seen.table = await call('book_table', { restaurant: 'Chez Ada' });
seen.asked = asked;

const heat = await call('heat', { degrees: 1 });
seen.updated = await updated;
seen.sameAsRead = (await read(sensor)) === heat;

await client.close();
console.log(JSON.stringify(seen));
