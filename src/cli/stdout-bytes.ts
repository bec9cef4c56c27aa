import { copyOut } from '../cio/copy-out.js';
import type { Session } from './session.js';

/** Puts bytes on stdout as they are, as fast as they are taken there. */
export function writeBytes({ streams, signal }: Session, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  return copyOut(chunks, { fd: streams.stdout.fd, signal });
}
