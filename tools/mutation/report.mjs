// report.mjs PROJECT=REPORT... < AREAS: prints the score of each area, "NAME: killed/valid, score %", the total, and the mutants that survived.
// AREAS: one area per line, "NAME FILE...", each file with its project first. Exits with 1 if a score is below 80 %.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const minimumScore = 80;
const mutants = new Map();
for (const argument of process.argv.slice(2)) {
  const [project, path] = argument.split('=');
  const report = JSON.parse(readFileSync(path, 'utf8'));
  for (const [file, { mutants: found }] of Object.entries(report.files))
    mutants.set(`${project}/${relative(report.projectRoot, file)}`, found);
}
const areas = readFileSync(0, 'utf8').split('\n').filter(Boolean).map(line => line.split(' ')).map(([name, ...files]) => ({ name, files }));

const killed = mutant => mutant.status === 'Killed' || mutant.status === 'Timeout';
const valid = mutant => killed(mutant) || mutant.status === 'Survived' || mutant.status === 'NoCoverage';
const oneLine = text => text.replace(/\s+/g, ' ').slice(0, 100);

let total = { killed: 0, valid: 0 }, low = false;
const say = (name, { killed, valid }) => {
  const score = valid === 0 ? 0 : killed * 100 / valid;
  low ||= score < minimumScore;
  console.log(`${name}: ${killed}/${valid}, ${score.toFixed(1)} %`);
};

for (const area of areas) {
  const found = area.files.flatMap(path => (mutants.get(path) ?? []).map(mutant => ({ path, ...mutant })));
  const score = { killed: found.filter(killed).length, valid: found.filter(valid).length };
  for (const left of found.filter(mutant => valid(mutant) && !killed(mutant)))
    console.log(`  ${left.path}:${left.location.start.line} ${left.status}, ${left.mutatorName}: ${oneLine(left.replacement ?? '')}`);
  say(area.name, score);
  total = { killed: total.killed + score.killed, valid: total.valid + score.valid };
}
say('total', total);
process.exit(low ? 1 : 0);
