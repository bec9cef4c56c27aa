import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { tctr } from '../support/faults.js';
import { busybox, daemonRows } from '../support/faults-place.js';
import type { Terminal } from '../support/pty.js';
import { limit, ptyBench } from '../support/pty-bench.js';

describe.each(daemonRows())('run --tty on containerd %s', (_version, daemon) => {
  const bench = ptyBench(daemon, 'pty-run');
  const { newId, nothingLeft } = bench;
  const open = (command: readonly string[], around?: string): Terminal =>
    bench.open(['run', '--rm', '--tty', busybox(), newId(), ...command], around);

  test(
    'the process has a terminal of the same size from its first moment',
    async () => {
      const shell = open(['sh', '-c', 'tty; stty size; test -t 0 && test -t 1 && test -t 2 && echo all']);
      const { status, before: mode, after } = await shell.end();
      expect(shell.screen.split('\r\n')).toEqual(['/dev/pts/0', '24 80', 'all', '']);
      expect(status).toBe(0);
      expect(after).toBe(mode);
      await nothingLeft();
    },
    limit,
  );

  test(
    'the status of the process is passed on, and the mode restored',
    async () => {
      const { status, before: mode, after } = await open(['sh', '-c', 'exit 7']).end();
      expect(status).toBe(7);
      expect(after).toBe(mode);
      await nothingLeft();
    },
    limit,
  );

  test(
    'a process that cannot be started leaves the terminal as it was',
    async () => {
      const shell = open(['/does/not/exist']);
      const { status, before: mode, after } = await shell.end();
      expect(status).toBe(1);
      expect(shell.screen).toMatch(/^tctr: [^\r\n]*no such file or directory[^\r\n]*\r\n$/);
      expect(after).toBe(mode);
      await nothingLeft();
    },
    limit,
  );

  test(
    'a changed size is followed',
    async () => {
      const shell = open(['sh', '-c', "trap 'stty size' WINCH; echo ready; while :; do sleep 0.1; done"]);
      await shell.until(/ready/);
      const device = await shell.device();
      execFileSync('sh', ['-c', `stty rows 50 cols 132 < ${device}`]);
      await shell.until(/50 132/);
      execFileSync('sh', ['-c', `stty rows 10 cols 20 < ${device}`]);
      await shell.until(/10 20/);
      process.kill(await shell.pid(), 'SIGTERM');
      expect((await shell.end()).status).toBe(143);
      await nothingLeft();
    },
    limit,
  );

  test(
    'Ctrl-C is a byte for the process, which the terminal inside turns into SIGINT',
    async () => {
      const shell = open([
        'sh',
        '-c',
        "trap 'echo caught; exit 130' INT; echo ready; while :; do sleep 0.1; done",
      ]);
      await shell.until(/ready/);
      shell.type('\x03');
      const { status, before: mode, after } = await shell.end();
      expect(shell.screen).toContain('caught');
      expect(status).toBe(130);
      expect(after).toBe(mode);
      await nothingLeft();
    },
    limit,
  );

  test(
    'what is typed arrives, echoed once',
    async () => {
      const shell = open(['sh', '-c', 'echo ready; read line; echo "<$line>"']);
      await shell.until(/ready/);
      shell.type('hällo\r');
      expect((await shell.end()).status).toBe(0);
      expect(Buffer.from(shell.screen, 'latin1').toString()).toBe('ready\r\nhällo\r\n<hällo>\r\n');
      await nothingLeft();
    },
    limit,
  );

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)(
    '%s to tctr restores the mode and leaves nothing',
    async (signal, expected) => {
      const shell = open(['sh', '-c', "trap '' INT TERM HUP; echo ready; while :; do sleep 1; done"]);
      await shell.until(/ready/);
      process.kill(await shell.pid(), signal);
      const { status, before: mode, after } = await shell.end();
      expect(status).toBe(expected);
      expect(after).toBe(mode);
      await nothingLeft();
    },
    limit,
  );

  test(
    'off a terminal it is one line, status 1, and nothing is made',
    async () => {
      const ran = await tctr(bench.place, ['run', '--rm', '--tty', busybox(), newId(), 'true']);
      expect(ran.status).toBe(1);
      expect(ran.stderr).toMatch(/^tctr: [^\n]*terminal[^\n]*\n$/);
      await nothingLeft();
    },
    limit,
  );

  test(
    'a terminal that goes away ends tctr, and leaves nothing',
    async () => {
      const terminal = open(['sh', '-c', 'echo ready; sleep 600']);
      await terminal.until(/ready/);
      const pid = await terminal.pid();
      await terminal.hangUp();
      for (let waited = 0; waited < 100 && existsSync(`/proc/${pid}`); waited++) await sleep(50);
      expect(existsSync(`/proc/${pid}`)).toBe(false);
      await nothingLeft();
    },
    limit,
  );

  test(
    'only stdout needs to be a terminal',
    async () => {
      const terminal = open(['stty', 'size'], '@ </dev/null');
      expect((await terminal.end()).status).toBe(0);
      expect(terminal.screen).toBe('24 80\r\n');
      await nothingLeft();
    },
    limit,
  );
});
