// Makes docs/parity.md and docs/ctr.md: how tctr stands to ctr, from a run of the compat suite, and prints the first.
// `TCTR_PARITY_OUT=FILE` names the record of a run that was; without, the suite is run. `--check` only compares.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'docs');
const check = process.argv.includes('--check');
const work = mkdtempSync(join(root, 'node_modules/.parity-'));
try {
  const file = process.env.TCTR_PARITY_OUT ?? run(join(work, 'record.jsonl'));
  if (file) await make(evidenceIn(file));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Runs the compat suite, which writes its record. A page of a suite that fails would call things unproven. */
function run(record) {
  const jest = [
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--ci',
    '--selectProjects=compat',
  ];
  const env = { ...process.env, TCTR_PARITY_OUT: record };
  const { status } = spawnSync(process.execPath, jest, { cwd: root, stdio: ['ignore', 2, 2], env });
  if (status === 0) return record;
  console.error('the compat suite failed: nothing is written');
  process.exitCode = 1;
  return undefined;
}

function evidenceIn(file) {
  if (!existsSync(file)) throw new Error(`${file} is not there: no case of the compat suite has passed`);
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

async function make(evidence) {
  const { pages, worsened } = await load(join(root, 'test/support/compat/pages.ts'));
  const inventory = JSON.parse(readFileSync(join(root, 'test/compat/inventory.json'), 'utf8'));
  mkdirSync(docs, { recursive: true });
  for (const [name, text] of Object.entries(await pages(inventory, evidence))) {
    const target = join(docs, name);
    const before = existsSync(target) ? readFileSync(target, 'utf8') : '';
    if (!check) {
      writeFileSync(target, text);
      if (name === 'parity.md') console.log(text.trimEnd());
    } else if (before !== text) complain(name, before, text, worsened(before, text));
  }
}

/** Fails where something got worse, or the page is not the ledger: that may also know less than a run has seen. */
function complain(name, before, text, worse) {
  const [was, is] = [before, text].map((page) => page.split('\n'));
  console.error(`docs/${name} is not current: run npm run parity, and look at what has changed`);
  for (const line of worse) console.error(`  ${line}`);
  for (const line of was.filter((one) => !is.includes(one))) console.error(`- ${line}`);
  for (const line of is.filter((one) => !was.includes(one))) console.error(`+ ${line}`);
  if (worse.length > 0 || name !== 'parity.md') process.exitCode = 1;
}

/** Loads a module of the tests, bundled on the fly; commands are loaded when their flags are asked for. */
async function load(entry) {
  const outdir = join(work, 'bundle');
  await build({
    entryPoints: [entry],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(join(outdir, 'pages.mjs')).href);
}
