import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

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
  /** The bundle's modules, by their paths in the project: the bundler names a module's function by its path. */
  readonly bundled: readonly string[];
}

function probe(file: string): string {
  return `
    const { Session } = require('node:inspector');
    const session = new Session();
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    process.on('exit', () => session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      const functions = result.filter(({ url }) => url.endsWith('tctr.cjs')).flatMap((script) => script.functions);
      const called = functions.filter(({ ranges }) => ranges[0].count > 0).map((entry) => entry.functionName);
      const builtins = process.moduleLoadList.map((name) => name.replace(/^NativeModule /, ''));
      const bundled = called.filter((name) => /^(?:node_modules|src)\\//.test(name));
      require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify({ builtins, bundled }));
    }));`;
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

const heavyPackages = /^node_modules\/(?:@grpc\/|protobufjs\/|undici\/|ora\/|cli-table3\/|smol-toml\/)/;
const heavyBuiltins = ['http2', 'tls', 'dns', 'readline'];

const heavy = ({ builtins, bundled }: Loaded): readonly string[] => [
  ...bundled.filter((path) => heavyPackages.test(path)),
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
    expect(heavy(loaded)).toEqual([]);
  });

  test('a command that connects loads gRPC, and no HTTP client or spinner', async () => {
    const socket = join(dir, 'silent.sock');
    const daemon = createServer().listen(socket);
    await once(daemon, 'listening');
    const found = heavy(load('--address', socket, '--connect-timeout', '200ms', 'container', 'ls'));
    daemon.close();
    expect(found).toContain('http2');
    expect(found.filter((name) => /undici|ora|smol-toml/.test(name))).toEqual([]);
  });
});
