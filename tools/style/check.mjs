// Rejects the wording that the style guide rules out, in summaries, comments, strings, documents and names of tests, and markers of an unfinished merge
// in any file:
//   node tools/style/check.mjs [PATH...]
// Prints `file:line: reason: text` for each finding and exits with 1 if there is one. Without paths it checks every file that git knows.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const MaxColumns = 160;

// A summary begins with a noun phrase or a verb in the third person.
const questionWord = /<summary>\s*(?:What|Who|Whose|Whom|Whoever|Whatever|How|Where|Wherever|When|Which|Why)\b/;

// A method of a test whose name is a sentence: two underscores or more.
const testName = /\b(?:Task|ValueTask|void)(?:<[^>]*>)? ([A-Z][^\W_]*_[^\W_]+_\w+)\(/g;

// Words of a private dialect, with what stands in their place.
const words = [
  [/\b(?:somebody|nobody|anybody|everybody|someone|anyone|everyone|no one|whoever|whomever)(?:'s|'?)\b/i, 'say who: caller, client, user, plugin, process'],
  [/\b(?:one|those|he|they) who(?:m|se)?\b/i, 'say who: caller, client, user'],
  [/\bwhom\b/i, 'say of what, or use "that"'],
  [/\bwish(?:es|ed)?\b/i, 'request, requested change'],
  [/\b(?:told|heard|hears?)\b/i, 'reported, notified, received, published'],
  [/\b(?:tells?) (?:of|him|her|them|clients|the client)\b/i, 'reports, notifies'],
  [/\b(?:is|are|was|were|be|been|being|gets?) asked\b|\basked for\b|\basks? (?:for|of|to)\b/i, 'requested, requests, sends'],
  [/\b(?:look|looks|looked) (?:again|at|through|into|for|after)\b|\b(?:a|one|each|every|the|next|first|second|last) look\b/i, 'scan, check, read, search'],
  [/\b(?:in|of|at) (?:the|that|this|one) (?:very )?moment\b|\bthe moment\b/i, 'when, while, at the swap'],
  [/\b(?:he|him|his|himself|she|hers?|herself)\b/, 'it, they, the user'],
  [/\b(?:thereof|therein|whereof|hence|thus|lest|upon|betimes|forthwith|hitherto|meanwhile let)\b/i, 'present-day words'],
  [/\bslip of the pen\b|\bhas the word\b|\bway out of\b|\bgo(?:es|ne)? its own way\b|\bis going, but\b/i, 'plain words'],
];

// Texts that stay as they are: those of the original, quotations, and what a test must feed in.
const exceptions = [
  { file: /^CHANGELOG\.md$/, before: '## 0.1.0' },
];

const skipped = /(^|\/)(node_modules|artifacts|bin|obj|vendor)\/|\.lock\.json$|package-lock\.json$|\.approved\.|\.received\.|^tools\/style\//;
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...process.argv.slice(2)], { encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\0').filter(file => !skipped.test(file) && existsSync(file));

let found = 0;
const report = (file, line, reason, text) => {
  found++;
  console.log(`${file}:${line}: ${reason}: ${text.trim().slice(0, 200)}`);
};

for (const file of new Set(files)) {
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [index, line] of lines.entries())
    if (/^(?:<{7}|>{7}|\|{7})(?: |$)/.test(line)) report(file, index + 1, 'a marker of an unfinished merge', line);
  if (!/\.(cs|csx|md)$/.test(file)) continue;
  const exception = exceptions.find(entry => entry.file.test(file));
  const end = exception ? lines.findIndex(line => line.startsWith(exception.before)) : lines.length;
  let inString = false;
  let inFence = false;
  for (const [index, line] of lines.entries()) {
    if (index >= end && end >= 0) break;
    if (file.endsWith('.md')) {
      if (line.startsWith('```')) inFence = !inFence;
      if (!inFence) checkWords(file, index + 1, line.replace(/`[^`]*`/g, '``'));
      continue;
    }
    if (file.startsWith('tests/'))
      for (const [, name] of line.matchAll(testName)) checkTestName(file, index + 1, name.replaceAll('_', ' '));
    if (line.length > MaxColumns) report(file, index + 1, `${line.length} columns, at most ${MaxColumns}`, line);
    const raw = (line.match(/"""/g) ?? []).length % 2 === 1;
    const text = inString ? line : prose(line);
    if (raw) inString = !inString;
    if (!text) continue;
    if (questionWord.test(text) || (/<summary>\s*$/.test(text) && questionWord.test(`<summary>${(lines[index + 1] ?? '').replace(/^\s*\/\/\//, '')}`)))
      report(file, index + 1, 'a summary begins with a noun phrase or a verb', text);
    checkWords(file, index + 1, text);
  }
}
console.log(found === 0 ? 'No findings.' : `${found} findings.`);
process.exit(found === 0 ? 0 : 1);

// The comment and the strings of a line of C#, without code.
function prose(line) {
  const parts = [];
  let rest = line;
  const token = /\/\/.*$|"""(?:(?!""").)+"""|"(?:[^"\\]|\\.)*"|\/\*.*?\*\//g;
  for (const match of rest.matchAll(token)) parts.push(match[0]);
  return parts.join(' ').replace(/<(?:see|paramref|typeparamref|c)\b[^>]*\/?>/g, '').replace(/<c>[^<]*<\/c>/g, '');
}

function checkWords(file, number, text) {
  for (const [pattern, instead] of words) {
    const match = pattern.exec(text);
    if (match) report(file, number, `"${match[0]}" (${instead})`, text);
  }
}

function checkTestName(file, number, name) {
  if (/^(?:[A-Z]\d+ )?(?:What|Who|Whose|Whom|Whoever|Whatever)\b/.test(name)) report(file, number, 'a name of a test begins with its subject', name);
  checkWords(file, number, name);
}
