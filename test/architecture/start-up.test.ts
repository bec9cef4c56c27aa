import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const run = join(import.meta.dirname, '../../bin/run.js');
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tctr-start-up-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** The modules of Node.js that a run of tctr has loaded. */
function loaded(...argv: string[]): { status: number | null; modules: Set<string> } {
  const list = join(dir, 'modules.json');
  const hook = join(dir, 'hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(process.moduleLoadList)))`,
  );
  const { status } = spawnSync(process.execPath, ['-r', hook, '--', run, ...argv], { stdio: 'ignore' });
  const names = JSON.parse(readFileSync(list, 'utf8')) as string[];
  return { status, modules: new Set(names.map((name) => name.replace(/^NativeModule /, ''))) };
}

describe('what start-up loads', () => {
  test.each([
    ['--help', ['--help']],
    ["a command's help", ['image', 'pull', '--help']],
    ["a docker word's help", ['run', '-it', '--help']],
    ['completion', ['image', '--generate-bash-completion']],
    ['--version', ['--version']],
  ])('%s loads no gRPC: HTTP/2 stays away', (_name, argv) => {
    const { status, modules } = loaded(...argv);
    expect(status).toBe(0);
    expect(modules.has('http2')).toBe(false);
    expect(modules.has('tls')).toBe(false);
  });

  test('a command that connects does load it, so that the check above can fail', () => {
    const { modules } = loaded('--address', join(dir, 'nothing'), 'container', 'ls');
    expect(modules.has('http2')).toBe(true);
  });
});
