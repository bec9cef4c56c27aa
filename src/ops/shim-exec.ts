import { existsSync } from 'node:fs';
import { mkfifo } from '../cio/mkfifo.js';
import type { Shim } from '../client/shim.js';
import type { TaskStdio } from '../client/tasks.js';
import { packJson, typeUrls } from '../client/typeurl.js';
import { encodeProcess } from '../oci/spec/encode.js';
import type { Process } from '../oci/spec/types.js';
import { ignoreEnded } from './gone.js';
import { checkOutput, type Stage } from './foreground.js';
import { openStreams } from './task-io.js';

/** A process to run in a container past its daemon. */
export interface ShimExecOptions {
  readonly id: string;
  readonly execId: string;
  readonly process: Process;
  /** FIFOs or files for its streams; '' for none. */
  readonly stdio: TaskStdio;
  /** Stay with it, its streams ours. */
  readonly attach: boolean;
  readonly stage: Stage;
}

const SIGKILL = 9;
const quietMs = 2_000;
const cleanup = { timeout: 10_000 };

/**
 * Runs a process in a container by its shim (Task.Exec, Task.Start over ttrpc): in the background on the given streams,
 * or attached; then it is waited for and deleted, and its exit status given.
 */
export async function shimExec(shim: Shim, options: ShimExecOptions): Promise<number> {
  const { id, execId, process, stage } = options;
  const ref = { id, execId };
  const spec = packJson(typeUrls.process, encodeProcess(process));
  if (!options.attach) {
    await makeFifos(options.stdio, stage.signal);
    await shim.exec(ref, options.stdio, spec, { signal: stage.signal });
    try {
      await shim.start(ref, { signal: stage.signal });
    } catch (error) {
      await shim.delete(ref, cleanup).catch(ignoreEnded);
      throw error;
    }
    return 0;
  }
  const choice = {
    id: execId,
    terminal: process.terminal ?? false,
    detach: false,
    nullIo: false,
    logUri: '',
    fifoDir: '',
    defaultLog: '',
    stdin: true,
  };
  const stopping = new AbortController();
  const signal = AbortSignal.any([stage.signal, stopping.signal]);
  const { io, console, close } = await openStreams(choice, { ...stage, signal }, (error) =>
    stopping.abort(error),
  );
  let added = false;
  try {
    await shim.exec(ref, io.config, spec, { signal });
    added = true;
    const ended = shim.wait(ref, { signal, timeout: forever });
    ended.catch(() => undefined); // awaited once it runs
    await shim.start(ref, { signal });
    io.started(() => shim.closeIO(ref));
    if (console) await shim.resize(ref, console.size(), { signal });
    const status = await ended;
    await io.drain({ signal, quietMs });
    await shim.delete(ref, cleanup);
    added = false;
    await checkOutput(io);
    return status;
  } finally {
    if (added) await destroy(shim, ref);
    close();
  }
}

/** Milliseconds: as long as a timer of Node's can wait. */
const forever = 2 ** 31 - 1;

async function destroy(shim: Shim, ref: { readonly id: string; readonly execId: string }): Promise<void> {
  const gone = shim.wait(ref, cleanup);
  gone.catch(() => undefined);
  try {
    await shim.kill(ref, SIGKILL, false, cleanup);
    await gone;
  } catch {
    // It has not been started, or has ended.
  }
  await shim.delete(ref, cleanup).catch(ignoreEnded);
}

async function makeFifos({ stdin, stdout, stderr }: TaskStdio, signal: AbortSignal): Promise<void> {
  const missing = [stdin, stdout, stderr].filter((path) => path !== '' && !existsSync(path));
  if (missing.length > 0) await mkfifo([...new Set(missing)], signal);
}
