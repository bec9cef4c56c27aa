import { closeSync, constants, createReadStream, openSync, statSync, writeSync, type ReadStream } from 'node:fs';

/** A process's streams as a request names them. */
export interface Stdio {
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: boolean;
}

/** The shim's ends of a process's FIFOs; anything else than a FIFO is left alone. */
export class FakeStreams {
  private readonly open_ = new Map<'stdout' | 'stderr', number>();
  private stdin: ReadStream | undefined;

  constructor(private readonly stdio: Stdio) {}

  open(): void {
    for (const name of ['stdout', 'stderr'] as const) {
      const path = this.stdio[name];
      if (isFifo(path)) this.open_.set(name, openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
    }
    if (!isFifo(this.stdio.stdin)) return;
    const fd = openSync(this.stdio.stdin, constants.O_RDWR | constants.O_NONBLOCK);
    closeSync(openSync(this.stdio.stdin, constants.O_RDONLY | constants.O_NONBLOCK));
    closeSync(fd);
  }

  write(name: 'stdout' | 'stderr', data: string | Uint8Array): void {
    const fd = this.open_.get(name);
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    if (fd !== undefined) writeSync(fd, bytes);
  }

  /** Copies stdin to stdout until it ends. */
  echo(ended: () => void): void {
    if (!isFifo(this.stdio.stdin)) return ended();
    this.stdin = createReadStream(this.stdio.stdin);
    this.stdin.on('data', (data) => this.write('stdout', data as Buffer)).on('end', ended).on('error', ended);
  }

  closeStdin(): void {
    // The client closes its own end; a reader then sees the end of the file.
  }

  close(): void {
    for (const fd of this.open_.values()) closeSync(fd);
    this.open_.clear();
    this.stdin?.destroy();
  }
}

function isFifo(path: string): boolean {
  return path.startsWith('/') && (statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false);
}
