import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const dist = join(import.meta.dirname, '../../dist');
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
  /** The files of dist/chunks. */
  readonly files: readonly string[];
}

function probe(file: string): string {
  return `
    const { Session } = require('node:inspector');
    const session = new Session();
    session.connect();
    const files = [];
    session.on('Debugger.scriptParsed', ({ params: { url } }) => {
      if (url.includes('/dist/chunks/')) files.push(url.replace(/.*\\//, ''));
    });
    session.post('Debugger.enable');
    process.on('exit', () => {
      const builtins = process.moduleLoadList.map((name) => name.replace(/^NativeModule /, ''));
      require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify({ builtins, files }));
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
/** What is in a file of dist/chunks: one chunk, or all that are packed into it. */
function sourcesOf(file: string): readonly string[] {
  const { packed } = JSON.parse(readFileSync(join(dist, 'tctr.json'), 'utf8')) as {
    packed: Record<string, string>;
  };
  const inputs = JSON.parse(readFileSync(join(dist, 'inputs.json'), 'utf8')) as Record<string, string[]>;
  return Object.entries(inputs).flatMap(([chunk, sources]) =>
    (packed[chunk] ?? chunk) === file ? sources : [],
  );
}

const heavyBuiltins = ['http2', 'tls', 'dns', 'readline'];

const heavy = ({ builtins, files }: Loaded): readonly string[] => [
  ...files.flatMap(sourcesOf).filter((path) => heavyPackages.test(path)),
  ...builtins.filter((name) => heavyBuiltins.includes(name)),
];

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
    expect(loaded.files).toContain('entry.js');
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
