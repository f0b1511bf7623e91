// One session of the official TypeScript client: uses the demo plugins, edits a plugin, waits to be told, and looks again.
// In: a JSON text as the only argument. Out: what it saw, as one line of JSON.
import { renameSync, writeFileSync } from 'node:fs';
import { connect } from './connect.mjs';

const plan = JSON.parse(process.argv[2]);
const { client, heard } = await connect(plan);

const call = async (name, args = {}) => (await client.callTool({ name, arguments: args })).content[0].text;
const tools = async () => (await client.listTools(undefined, { cacheMode: 'bypass' })).tools;
const say = async () => ({
  description: (await tools()).find(tool => tool.name === 'say').description,
  answer: await call('say'),
});

const seen = {
  revision: client.getNegotiatedProtocolVersion(),
  tools: (await tools()).map(tool => tool.name).filter(name => !name.startsWith('proxy__')).join(' '),
  echo: await call('echo', { message: 'hi' }),
  echoUpper: await call('echo_upper', { message: 'hi' }),
  greet: await call('greet', { name: 'Ada' }),
  resource: (await client.readResource({ uri: 'demo://status' })).contents[0].text,
  prompt: (await client.getPrompt({ name: 'demo_summarize', arguments: { text: 'A story.' } })).messages[0].content.text,
  before: await say(),
};

writeFileSync(plan.edit.beside, plan.edit.text);
renameSync(plan.edit.beside, plan.edit.file);
await heard;
seen.after = await say();

await client.close();
console.log(JSON.stringify(seen));
