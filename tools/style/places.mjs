// Draws places of the product code as a reader would meet them: node tools/style/places.mjs SEED [COUNT] [REVISION]
// The same seed draws the same places of a revision. Prints each as FILE:LINE with the summary and the line that it describes.
import { execFileSync } from 'node:child_process';

const [seed = '1', count = '10', revision = 'HEAD'] = process.argv.slice(2);
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const files = git('ls-tree', '-r', '--name-only', revision, 'framework', 'proxy', 'tools').split('\n').filter(file => file.endsWith('.cs')).sort();

// mulberry32: small, and the same everywhere.
let state = Number(seed) >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

console.log(`${count} places of ${git('rev-parse', '--short', revision).trim()}, seed ${seed}`);
for (let drawn = 0; drawn < Number(count);) {
  const file = files[Math.floor(random() * files.length)];
  const lines = git('show', `${revision}:${file}`).split('\n');
  const starts = lines.flatMap((line, index) => (line.includes('<summary>') ? [index] : []));
  if (starts.length === 0) continue;
  const start = starts[Math.floor(random() * starts.length)];
  let end = start;
  while (end < lines.length && /^\s*(\/\/\/|\[)/.test(lines[end])) end++;
  console.log(`\n${++drawn}. ${file}:${start + 1}`);
  for (const line of lines.slice(start, end + 1)) console.log(`   ${line.trim()}`);
}
