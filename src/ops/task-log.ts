import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the output of detached processes goes when nothing else is said; the shim makes the folders. */
const root = '/var/lib/tctr/logs';

/** A process whose output is kept: a container's own, or an exec. Ids are containerd identifiers, so no paths. */
export interface LoggedProcess {
  readonly namespace: string;
  readonly id: string;
  readonly execId?: string;
}

/** The file that tctr keeps a detached process's output in. */
export function taskLogFile({ namespace, id, execId }: LoggedProcess): string {
  return join(folder({ namespace, id }), execId === undefined ? 'output.log' : `exec-${execId}.log`);
}

/** The same as a log URI for Tasks.Create. */
export function taskLogUri(process: LoggedProcess): string {
  return `file://${taskLogFile(process)}`;
}

/** Removes what was kept of a container that is deleted. */
export async function removeTaskLogs(namespace: string, id: string): Promise<void> {
  await rm(folder({ namespace, id }), { recursive: true, force: true });
}

function folder({ namespace, id }: LoggedProcess): string {
  return join(root, namespace, id);
}
