import { closeSync, constants, openSync, statSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

const { O_NONBLOCK, O_RDONLY, O_RDWR } = constants;

/** A process's streams as a request names them. */
export interface Stdio {
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: boolean;
}

/** The shim's ends of a process's FIFOs; what is no FIFO is left alone. */
export class FakeStreams {
  private readonly outputs = new Map<'stdout' | 'stderr', number>();
  private stdin: Socket | undefined;

  constructor(private readonly stdio: Stdio) {}

  open(): void {
    for (const name of ['stdout', 'stderr'] as const) {
      if (isFifo(this.stdio[name])) this.outputs.set(name, openSync(this.stdio[name], O_RDWR | O_NONBLOCK));
    }
  }

  /** Writes at once: no more than a pipe holds, 64 KiB. */
  write(name: 'stdout' | 'stderr', data: string | Uint8Array): void {
    const fd = this.outputs.get(name);
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    if (fd !== undefined) writeSync(fd, bytes);
  }

  /** Copies stdin to stdout until it ends. */
  echo(ended: () => void): void {
    if (!isFifo(this.stdio.stdin)) return ended();
    this.stdin = new Socket({ fd: openSync(this.stdio.stdin, O_RDONLY | O_NONBLOCK), readable: true });
    this.stdin
      .on('data', (data) => this.write('stdout', data))
      .once('end', ended)
      .once('error', ended);
  }

  close(): void {
    for (const fd of this.outputs.values()) closeSync(fd);
    this.outputs.clear();
    this.stdin?.destroy();
  }
}

function isFifo(path: string): boolean {
  return path.startsWith('/') && (statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false);
}
