import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { BrokenPipeError } from '../cio/broken-pipe.js';
import { KindError } from '../oci/errors.js';

/** Where text goes: a terminal, a pipe, a file, or a buffer in tests. */
export interface Output {
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined off one. */
  readonly columns: number | undefined;
  /** Writes all of it, in order, before it returns. */
  write(text: string | Uint8Array): void;
}

/** The three streams of a process, and the descriptors that container I/O copies to and from. */
export interface Streams {
  readonly stdin: Input;
  readonly stdout: Output & { readonly fd: number };
  readonly stderr: Output & { readonly fd: number };
}

/** Standard input; nothing is read from it until a command asks. */
export interface Input {
  readonly fd: number;
  readonly isTTY: boolean;
}

/** The process's own streams. They are written synchronously: nothing is lost at exit, order is kept. */
export function processStreams(): Streams {
  return {
    stdin: { fd: 0, isTTY: isatty(0) },
    stdout: new DescriptorOutput(1),
    stderr: new DescriptorOutput(2),
  };
}

class DescriptorOutput implements Output {
  readonly isTTY: boolean;

  constructor(readonly fd: number) {
    this.isTTY = isatty(fd);
  }

  get columns(): number | undefined {
    if (!this.isTTY) return undefined;
    return (this.fd === 1 ? process.stdout : process.stderr).columns; // eslint-disable-line no-restricted-properties
  }

  write(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    for (let at = 0; at < bytes.length;) at += this.writeSome(bytes, at);
  }

  private writeSome(bytes: Uint8Array, at: number): number {
    try {
      return writeSync(this.fd, bytes, at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') throw new BrokenPipeError();
      if (code !== 'EAGAIN') {
        if (this.fd === 2) return bytes.length; // nobody is left to be told
        throw new KindError('data loss', `cannot write standard output: ${code ?? String(error)}`);
      }
      // A pipe that another process made non-blocking, and full: wait for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      return 0;
    }
  }
}
