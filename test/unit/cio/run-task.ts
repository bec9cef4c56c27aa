import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { OutputSink } from '../../../src/cio/output-sink.js';
import { TaskIo } from '../../../src/cio/task-io.js';
import { startShim } from './shim.js';

/** A sink that remembers what it got, and by its hash all of it. */
export class Collected implements OutputSink {
  text = '';
  readonly #hash = createHash('sha256');

  write(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    if (this.text.length < 100_000) this.text += Buffer.from(chunk).toString();
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }
}

/** How {@link runTask} makes the task's streams. */
export type RunOptions = Partial<Parameters<typeof TaskIo.create>[0]> & { readonly fifoRoot: string };

/** Runs a script on a TaskIo to its end, in the order in which a command does it. */
export async function runTask(script: string, options: RunOptions) {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const io = await TaskIo.create({ id: 'web', terminal: false, stdout, stderr, ...options });
  const shim = await startShim(io.config, script);
  try {
    io.started(shim.closeIO);
    const code = await shim.exit;
    await io.drain({ signal: AbortSignal.timeout(50_000) });
    return { code, stdout, stderr, output: await io.outputDone };
  } finally {
    shim.kill();
    io.dispose();
  }
}

/** The hash of what a script prints, found without any of the code under test. */
export function sha256Of(script: string): string {
  return execFileSync('sh', ['-c', `{ ${script}; } | sha256sum`], { encoding: 'utf8' }).slice(0, 64);
}
