import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** How an editor ended. */
export interface EditorEnd {
  /** As a shell tells it: 128 and the number of the signal that ended it. */
  readonly status: number;
  /** What this process was told to end by meanwhile; it was passed on. */
  readonly told: EndingSignal | undefined;
}

type EndingSignal = 'SIGTERM' | 'SIGHUP';

/**
 * Lets the user edit a file: `sh -c "EDITOR FILE"` on this process's terminal, as ctr and git do, so that the editor may be
 * given with arguments. An abort ends it, and so does what is to end this process; Ctrl-C is the editor's own.
 */
export function runEditor(editor: string, file: string, signal: AbortSignal): Promise<EditorEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `${editor} ${shellWord(file)}`], { stdio: 'inherit' });
    let told: EndingSignal | undefined;
    const passOn = (name: EndingSignal): void => {
      told = name;
      child.kill(name);
    };
    const stop = (): void => void child.kill('SIGTERM');
    const release = (): void => {
      signal.removeEventListener('abort', stop);
      process.off('SIGTERM', passOn).off('SIGHUP', passOn);
    };
    signal.addEventListener('abort', stop, { once: true });
    process.on('SIGTERM', passOn).on('SIGHUP', passOn);
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (status, ended) => {
      release();
      resolve({ status: status ?? 128 + (ended === null ? 0 : constants.signals[ended]), told });
    });
    if (signal.aborted) stop();
  });
}

/** A word that the shell takes as it is; left bare where it can be. */
export function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
