import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Shim, shimSockets, type ShimApiVersion, type ShimProcess, type ShimRef } from '../client/shim.js';
import { hasShim } from '../host/shim-process.js';
import { hasKind, KindError } from '../oci/errors.js';

const SIGKILL = 9;
const attempts = 3;
/** Looks whether a shim has ended, and milliseconds between two. */
const looks = 20;
const pause = 50;

/**
 * Ends a shim that its daemon has lost track of: kills and deletes its task, and shuts it down (ttrpc, Task.Kill,
 * Delete, Shutdown). containerd 2.1 leaves one when its client dies while it creates a task.
 */
export async function stopShim(ref: ShimRef): Promise<void> {
  // A shim that is still busy with the end of its task does not end: it is asked again.
  for (let attempt = 0; attempt < attempts && hasShim(ref); attempt++) {
    for (const version of [3, 2] as const) {
      if (await stopWith(ref, version).catch(ended)) break;
    }
    for (let look = 0; look < looks && hasShim(ref); look++) await sleep(pause);
  }
}

/** False if the shim does not speak that version. @throws ContainerdError 'unavailable' where it has ended */
async function stopWith(ref: ShimRef, version: ShimApiVersion): Promise<boolean> {
  const shim = await Shim.connect(shimSockets(ref), ref.namespace, version);
  const process = { id: ref.id, execId: '' };
  try {
    const bundle = await bundleOf(shim, process);
    if (bundle !== undefined) {
      await withFolder(bundle, async () => {
        const ended = shim.wait(process);
        ended.catch(() => undefined);
        if (await did(shim.kill(process, SIGKILL, true))) await ended;
        await did(shim.delete(process));
      });
    }
    await shim.shutdown(ref.id, true);
  } catch (error) {
    if (hasKind(error, 'not implemented')) return false;
    throw error;
  } finally {
    shim.close();
  }
  return true;
}

/** A shim that shuts down may close the connection before it answers, and then listens no more. */
function ended(error: unknown): true {
  if (!hasKind(error, 'unavailable')) throw error;
  return true;
}

/** Undefined if the shim has no task. */
async function bundleOf(shim: Shim, process: ShimProcess): Promise<string | undefined> {
  try {
    return (await shim.state(process)).bundle;
  } catch (error) {
    if (hasKind(error, 'not found')) return undefined;
    throw error;
  }
}

/** The daemon has removed the bundle already, and runc fails where it cannot write its log into it. */
async function withFolder(bundle: string, work: () => Promise<void>): Promise<void> {
  const made = mkdirSync(bundle, { recursive: true, mode: 0o711 });
  try {
    await work();
  } finally {
    if (made !== undefined) rmSync(bundle, { recursive: true, force: true });
  }
}

/** Whether there was something to do it to. */
async function did(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof KindError && !hasKind(error, 'unavailable') && !hasKind(error, 'not implemented'))
      return false;
    throw error;
  }
}
