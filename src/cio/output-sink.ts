import { fdWriter, type FdWriter } from './fd-writer.js';
import { reopenNonblocking } from './reopen.js';

/** Where output goes to. */
export interface OutputSink {
  /**
   * Takes a chunk. The chunk's memory is used again once the call has returned, or its promise has been settled;
   * there is no second call before that. A failure (thrown or rejected) ends the writing, not the reading.
   */
  write(chunk: Uint8Array): void | Promise<void>;
}

/** A file descriptor, or anything that takes chunks. */
export type OutputTarget = number | OutputSink;

/**
 * A writer on an inherited descriptor such as 1 or 2, which stays open and keeps its flags. A slow reader behind a
 * pipe or terminal holds up only the copying, not the process; behind a socket or file, write(2) blocks as it does for ctr.
 */
export function inheritedFdSink(fd: number): FdWriter {
  const reopened = reopenNonblocking(fd, 'write');
  return fdWriter({ fd: reopened ?? fd, owned: reopened !== undefined });
}
