import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const config = join(root, '.dependency-cruiser.cjs');
const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const { forbidden } = createRequire(import.meta.url)(config) as {
  forbidden: readonly { readonly name: string }[];
};

/** For each rule a file and an import that the rule forbids there. */
const violations: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  'no-cycles': ['src/oci/cycle.ts', './cycle-back.js'],
  'no-orphans': ['src/oci/orphan.ts', ''],
  'nothing-unresolved': ['src/oci/lost.ts', './nowhere.js'],
  'shipped-code-only': ['src/oci/tested.ts', '../../test/support/lab.js'],
  'commands-stand-alone': ['src/commands/image/list.ts', '../task/list.js'],
  'bin-loads-the-bundle': ['bin/run.js', '../src/entry.js'],
  'gen-imports': ['src/gen/a.ts', '../oci/digest.js'],
  'oci-imports': ['src/oci/a.ts', '../client/images.js'],
  'output-imports': ['src/output/a.ts', '../oci/digest.js'],
  'client-imports': ['src/client/a.ts', '../ops/pull.js'],
  'remotes-imports': ['src/remotes/a.ts', '../client/images.js'],
  'cio-imports': ['src/cio/a.ts', '../ops/pull.js'],
  'host-imports': ['src/host/a.ts', '../client/images.js'],
  'views-imports': ['src/views/a.ts', '../cli/flags.js'],
  'ops-imports': ['src/ops/a.ts', '../cli/flags.js'],
  'cli-imports': ['src/cli/a.ts', '../commands/task/list.js'],
  'commands-imports': ['src/commands/a.ts', '../remotes/hosts.js'],
  'one-door-for-@oclif': ['src/ops/b.ts', '@oclif/core'],
  'one-door-for-@grpc': ['src/client/images.ts', '@grpc/grpc-js'],
  'one-door-for-@bufbuild': ['src/ops/c.ts', '@bufbuild/protobuf/wire'],
  'one-door-for-cli-table3': ['src/output/b.ts', 'cli-table3'],
  'one-door-for-ora': ['src/output/c.ts', 'ora'],
  'one-door-for-undici': ['src/ops/d.ts', 'undici'],
  'one-door-for-smol-toml': ['src/cli/b.ts', 'smol-toml'],
  'one-door-for-yaml': ['src/cli/e.ts', 'yaml'],
  'one-door-for-modern-tar': ['src/cli/c.ts', 'modern-tar'],
  'one-door-for-fastest-levenshtein': ['src/oci/b.ts', 'fastest-levenshtein'],
  'one-door-for-child_process': ['src/ops/e.ts', 'node:child_process'],
  'one-door-for-http-https': ['src/ops/f.ts', 'node:https'],
};

/** Files that others above import. */
const present: Readonly<Record<string, string>> = {
  'tsconfig.json': '{}',
  'test/support/lab.ts': '',
  'src/entry.js': '',
  'src/oci/cycle-back.ts': "import './cycle.js';",
  'src/oci/digest.ts': '',
  'src/client/images.ts': '',
  'src/ops/pull.ts': '',
  'src/cli/flags.ts': '',
  'src/remotes/hosts.ts': '',
  'src/commands/task/list.ts': '',
};

let dir: string;
let report: readonly string[];

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tctr-imports-'));
  const broken = Object.values(violations).map(([file, what]) => [
    file,
    what === '' ? '' : `import '${what}';`,
  ]);
  for (const [file, text] of [...Object.entries(present), ...broken] as [string, string][]) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  report = cruise(dir);
}, 60_000);
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** The project's rules on a tree: one line a violation, below each what to do instead. */
function cruise(cwd: string): string[] {
  const args = [depcruise, '--config', config, '--output-type', 'err-long', 'src', 'bin'];
  const { stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.trim() !== '');
}

test('the project keeps its rules', () => {
  expect(cruise(root)).toEqual([expect.stringContaining('no dependency violations found')]);
}, 60_000);

test('every rule is shown to be able to fail', () => {
  expect(forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(violations).sort());
});

test.each(Object.entries(violations))('%s can fail', (rule, [file]) => {
  expect(report).toContainEqual(expect.stringContaining(`error ${rule}: ${file.replace(/\.ts$/, '')}`));
});
