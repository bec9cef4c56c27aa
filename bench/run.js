// npm run bench [-- NAME…] [--rounds=N]: measures tctr against ctr on the lab's daemons, prints a table,
// and writes bench/results.md when all were run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { containerList } from './container-list.js';
import { imageList } from './image-list.js';
import { root } from './lab.js';
import { stop } from './measure.js';
import { pull } from './pull.js';
import { report } from './report.js';
import { startUp } from './start-up.js';
import { streams } from './streams.js';

const benchmarks = {
  'start-up': startUp,
  'image-list': imageList,
  'container-list': containerList,
  pull,
  streams,
};

const words = process.argv.slice(2);
const chosen = words.filter((word) => !word.startsWith('--'));
const unknown = chosen.find((name) => !(name in benchmarks));
if (unknown) throw new Error(`no benchmark ${unknown}: there are ${Object.keys(benchmarks).join(', ')}`);
const rounds =
  Number(words.find((word) => word.startsWith('--rounds='))?.slice('--rounds='.length)) || undefined;

// A signal ends what is measured; the benchmark then fails, and empties its namespace.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

const results = [];
for (const name of chosen.length > 0 ? chosen : Object.keys(benchmarks)) {
  console.error(`${name} …`);
  results.push(...(await benchmarks[name]({ rounds })));
}
const text = report(results);
console.log(text);
if (chosen.length === 0) writeFileSync(join(root, 'bench/results.md'), text);
