import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { inheritedFdSink } from './output-sink.js';

/** A file that grows, and where its new bytes go. */
export interface FollowOptions {
  readonly file: string;
  /** Descriptor to write to. */
  readonly fd: number;
  /** Settles when nothing more will be written to the file. */
  readonly until: Promise<unknown>;
  readonly signal: AbortSignal;
}

const pollMs = 100;

/** Copies what is appended to a file from now on, until its writer has ended and all has been read. */
export async function followFile({ file, fd, until, signal }: FollowOptions): Promise<void> {
  const handle = await open(file, 'r');
  const sink = inheritedFdSink(fd);
  const buffer = Buffer.alloc(64 * 1024);
  let ended = false;
  const end = (): void => void (ended = true);
  until.then(end, end);
  try {
    let position = (await handle.stat()).size;
    for (;;) {
      // Looked at before reading: what comes after the end of the process is already there.
      const last = ended;
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      position += bytesRead;
      if (bytesRead > 0) await sink.write(buffer.subarray(0, bytesRead));
      else if (last) return;
      else await sleep(pollMs, undefined, { signal });
    }
  } finally {
    await handle.close();
    sink.close();
  }
}
