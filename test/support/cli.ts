import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interrupts } from '../../src/cli/interrupts.js';
import { main } from '../../src/cli/main.js';
import { catalog } from '../../src/commands/catalog.js';

/** A command line to run in this process. */
export interface CliOptions {
  /** The daemon's socket, put before the line as `--address`. */
  readonly socket?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The name that tctr goes by. */
  readonly program?: string;
}

/** How a run has ended. */
export interface CliResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the whole of tctr in this process, its streams into files. */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const dir = mkdtempSync(join(tmpdir(), 'tctr-cli-'));
  const file = (name: string): string => join(dir, name);
  writeFileSync(file('stdin'), options.stdin ?? '');
  const stdin = openSync(file('stdin'), 'r');
  const stdout = openSync(file('stdout'), 'a');
  const stderr = openSync(file('stderr'), 'a');
  const output = (fd: number) => ({
    fd,
    isTTY: false,
    columns: undefined,
    write: (text: string | Uint8Array) =>
      void (typeof text === 'string' ? writeSync(fd, text) : writeSync(fd, text)),
  });
  const interrupts = new Interrupts(() => undefined);
  try {
    const status = await main({
      argv: options.socket === undefined ? argv : ['--address', options.socket, ...argv],
      program: options.program ?? 'tctr',
      version: '0.0.0-test',
      env: options.env ?? {},
      streams: { stdin: { fd: stdin, isTTY: false }, stdout: output(stdout), stderr: output(stderr) },
      interrupts,
      catalog,
    });
    return {
      status,
      stdout: readFileSync(file('stdout'), 'utf8'),
      stderr: readFileSync(file('stderr'), 'utf8'),
    };
  } finally {
    interrupts.dispose();
    for (const fd of [stdin, stdout, stderr]) closeSync(fd);
    rmSync(dir, { recursive: true, force: true });
  }
}
