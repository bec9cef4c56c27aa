import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment } from './faults.js';

/** Quotes words for sh. */
export const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');

/** How a program in a {@link Terminal} ended. */
export interface TerminalEnd {
  /** As the shell has it: 128 and the number for a signal. */
  readonly status: number;
  /** What `stty -g` said before and after it. */
  readonly before: string;
  readonly after: string;
}

/** A program under a pseudo-terminal of 24 rows and 80 columns, made by script(1). */
export class Terminal {
  private text = '';
  private readonly closed: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.text += chunk.toString('latin1')));
    child.stdin?.on('error', () => undefined);
    this.closed = new Promise((resolve) => child.once('close', () => resolve()));
  }

  /** Runs a command line in a new terminal. `around` is shell code with the command in place of `@`. */
  static run(command: readonly string[], around = '@'): Terminal {
    // The shell around it tells the terminal, the process and the mode before and after.
    const program = around.replace('@', () => `sh -c 'echo "pid=$$"; exec "$@"' - ${quoted(command)}`);
    const script = [
      'stty rows 24 cols 80',
      'echo "tty=$(tty)"',
      'echo "before=$(stty -g)"',
      program,
      'echo "status=$?"',
      'echo "after=$(stty -g)"',
    ].join('\n');
    const child = spawn('script', ['-qfec', script, '/dev/null'], {
      env: { ...environment, TERM: 'xterm', SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return new Terminal(child);
  }

  /** Everything shown so far, one character a byte. */
  get shown(): string {
    return this.text;
  }

  /** What was shown between the shell's own lines; both terminals, inside and outside, put a CR before an LF. */
  get screen(): string {
    const own = this.text.replace(/^[\s\S]*?pid=\d+\r\n/, '').replace(/status=\d+\r\n[\s\S]*$/, '');
    return own.replaceAll(/\r+\n/g, '\r\n');
  }

  /** The terminal's device. */
  async device(): Promise<string> {
    return (await this.until(/tty=(\S+)\r\n/))[1]!;
  }

  /** The process id of the command. */
  async pid(): Promise<number> {
    return Number((await this.until(/pid=(\d+)\r\n/))[1]);
  }

  /** Types. */
  type(text: string): void {
    this.child.stdin?.write(text);
  }

  /** Waits until the screen shows something. @throws Error after `limit` milliseconds. */
  async until(pattern: RegExp, limit = 30_000): Promise<RegExpExecArray> {
    const deadline = Date.now() + limit;
    for (;;) {
      const match = pattern.exec(this.text);
      if (match) return match;
      if (Date.now() > deadline || this.child.exitCode !== null) {
        throw new Error(`${String(pattern)} did not show: ${JSON.stringify(this.text)}`);
      }
      await sleep(20);
    }
  }

  /** Waits for the command to end. @throws Error after `limit` milliseconds. */
  async end(limit = 30_000): Promise<TerminalEnd> {
    const [, status, after] = await this.until(/status=(\d+)\r\nafter=(\S+)\r\n/, limit);
    const [, before] = await this.until(/before=(\S+)\r\n/);
    await this.closed;
    return { status: Number(status), before: before!, after: after! };
  }

  /** Takes the terminal away, as a lost connection does: the kernel sends SIGHUP. */
  async hangUp(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }

  /** Ends what still runs in it. */
  async close(): Promise<void> {
    if (this.child.exitCode === null) {
      const device = /tty=\/dev\/(\S+)\r\n/.exec(this.text)?.[1];
      if (device !== undefined) killAllOn(device);
      this.child.kill('SIGKILL');
    }
    await this.closed;
  }
}

/** Kills the processes whose stdin is a terminal. */
function killAllOn(device: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /, '')
        .split(' ');
      const terminal = Number(fields[4]);
      const minor = (terminal & 0xff) | ((terminal >> 12) & 0xfff00);
      if (terminal >> 8 === 136 && device === `pts/${minor}`) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It went while we looked.
    }
  }
}
