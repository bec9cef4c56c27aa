import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { TaskStatus } from '../client/tasks.js';
import { readLogFile } from '../host/log-file.js';
import { parseCriLine, parseJsonLine, splitLines, type LogPiece } from '../oci/log-lines.js';
import { logSource } from './log-source.js';
import { taskOf } from './require-running.js';

/** Which part of a log. */
export interface ReadLogOptions {
  readonly client: Client;
  readonly container: Container;
  readonly follow: boolean;
  /** The last lines only; undefined for all. */
  readonly tail: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * A container's output as it was kept; with `follow` until its process has ended.
 * @throws KindError 'failed precondition' where it was not kept, 'not found' where the file has gone
 */
export async function* readLog(options: ReadLogOptions): AsyncGenerator<LogPiece, void> {
  const { client, container, follow, tail } = options;
  const task = await taskOf(client, container.id);
  const { format, file } = logSource(client, container, task);
  const signal = options.signal;
  let running = follow && task !== undefined && task.status !== TaskStatus.STOPPED;
  if (running) {
    const end = (): void => void (running = false);
    client.tasks.wait({ containerId: container.id }, { signal }).then(end, end);
  }
  const chunks = readLogFile({ file, tail, goesOn: () => running, signal });
  if (format === 'plain') {
    for await (const bytes of chunks) yield { stream: 'stdout', time: undefined, bytes };
    return;
  }
  const parse = format === 'cri' ? parseCriLine : parseJsonLine;
  for await (const line of splitLines(chunks)) yield parse(line);
}
