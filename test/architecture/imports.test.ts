import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tctr-imports-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** Runs the project's import rules on a small tree of files. */
function cruise(files: Readonly<Record<string, string>>): string {
  rmSync(join(dir, 'src'), { recursive: true, force: true });
  writeFileSync(join(dir, 'tsconfig.json'), '{}');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const config = join(root, '.dependency-cruiser.cjs');
  return spawnSync(process.execPath, [depcruise, '--config', config, 'src'], { cwd: dir, encoding: 'utf8' })
    .stdout;
}

test.each([
  ['oci-imports', { 'src/oci/a.ts': "import '../client/b.js';", 'src/client/b.ts': 'export const b = 1;' }],
  ['client-imports', { 'src/client/a.ts': "import '../ops/b.js';", 'src/ops/b.ts': 'export const b = 1;' }],
  ['ops-imports', { 'src/ops/a.ts': "import '../cli/b.js';", 'src/cli/b.ts': 'export const b = 1;' }],
  ['no-cycles', { 'src/oci/a.ts': "import './b.js';", 'src/oci/b.ts': "import './a.js';" }],
  ['no-orphans', { 'src/oci/a.ts': 'export const a = 1;' }],
  ['one-door-for-child_process', { 'src/ops/a.ts': "import 'node:child_process';" }],
  [
    'commands-stand-alone',
    { 'src/commands/image/a.ts': "import './b.js';", 'src/commands/image/b.ts': 'export const b = 1;' },
  ],
])('the rule %s can fail', (rule, files) => {
  expect(cruise(files)).toContain(`error ${rule}`);
});
