import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const inputs = join(import.meta.dirname, '../../dist/inputs.json');
const program = join(import.meta.dirname, '../../bin/run.js');
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'tctr-start-up-'));
  writeFileSync(join(dir, 'probe.cjs'), probe(join(dir, 'loaded.json')));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** What a run of tctr evaluated. */
interface Loaded {
  readonly status: number | null;
  /** Node.js's own modules. */
  readonly builtins: readonly string[];
  /** The parts of dist/tctr.pack. */
  readonly parts: readonly string[];
}

function probe(file: string): string {
  return `
    const { Session } = require('node:inspector');
    const session = new Session();
    session.connect();
    const parts = [];
    session.on('Debugger.scriptParsed', ({ params: { url } }) => {
      if (url.includes('/dist/tctr.pack/')) parts.push(url.replace(/.*\\//, ''));
    });
    session.post('Debugger.enable');
    process.on('exit', () => {
      const builtins = process.moduleLoadList.map((name) => name.replace(/^NativeModule /, ''));
      require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify({ builtins, parts }));
    });`;
}

function load(...argv: readonly string[]): Loaded {
  const { status } = spawnSync(
    process.execPath,
    ['--require', join(dir, 'probe.cjs'), '--', program, ...argv],
    {
      stdio: 'ignore',
    },
  );
  return {
    status,
    ...(JSON.parse(readFileSync(join(dir, 'loaded.json'), 'utf8')) as Omit<Loaded, 'status'>),
  };
}

const heavyPackages = /node_modules\/(?:@grpc\/|protobufjs\/|undici\/|ora\/|cli-table3\/|smol-toml\/)/;
/** The sources of a part. */
function sourcesOf(part: string): readonly string[] {
  const chunks = JSON.parse(readFileSync(inputs, 'utf8')) as Record<
    string,
    { readonly part: string; readonly sources: readonly string[] }
  >;
  return Object.values(chunks).flatMap((chunk) => (chunk.part === part ? chunk.sources : []));
}

const heavyBuiltins = ['http2', 'tls', 'dns', 'readline'];

const heavy = ({ builtins, parts }: Loaded): readonly string[] => [
  ...parts.flatMap(sourcesOf).filter((path) => heavyPackages.test(path)),
  ...builtins.filter((name) => heavyBuiltins.includes(name)),
];

test('a build that is replaced while it runs goes on to its end', async () => {
  const copy = join(dir, 'installed');
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(import.meta.dirname, '../..', part), join(copy, part), { recursive: true });
  const socket = join(dir, 'replaced.sock');
  const daemon = createServer().listen(socket);
  const line = ['--address', socket, '--connect-timeout', '500ms', 'container', 'ls'];
  const running = spawn(process.execPath, [join(copy, 'bin/run.js'), ...line]);
  let said = '';
  running.stderr.on('data', (text: Buffer) => (said += text.toString()));
  await once(daemon, 'connection');
  rmSync(join(copy, 'dist'), { recursive: true });
  const [status] = (await once(running, 'close')) as [number];
  daemon.close();
  expect({ status, said }).toEqual({ status: 1, said: expect.stringContaining('no containerd answers') });
});

describe('start-up is what users feel: load with import() where it is used', () => {
  test.each([
    ['--help', ['--help']],
    ["a topic's help", ['image', '--help']],
    ["a command's help", ['image', 'pull', '--help']],
    ["a docker word's help", ['run', '-it', '--help']],
    ['completion', ['image', '--generate-bash-completion']],
    ['--version', ['--version']],
  ])('%s loads nothing heavy', (_name, argv) => {
    const loaded = load(...argv);
    expect(loaded.status).toBe(0);
    expect(loaded.parts).toContain('entry');
    expect(heavy(loaded)).toEqual([]);
  });

  test('a command that connects loads gRPC, and no HTTP client or spinner', async () => {
    const socket = join(dir, 'silent.sock');
    const daemon = createServer().listen(socket);
    await once(daemon, 'listening');
    const found = heavy(load('--address', socket, '--connect-timeout', '200ms', 'container', 'ls'));
    daemon.close();
    expect(found).toContain('http2');
    expect(found.join()).toContain('@grpc/grpc-js');
    expect(found.filter((name) => /undici|ora|smol-toml/.test(name))).toEqual([]);
  });
});
