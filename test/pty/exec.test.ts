import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { ctr, tctr } from '../support/faults.js';
import { busybox, daemonRows } from '../support/faults-place.js';
import type { Terminal } from '../support/pty.js';
import { limit, ptyBench } from '../support/pty-bench.js';

describe.each(daemonRows())('task exec --tty and task attach on containerd %s', (_version, daemon) => {
  const box = 'pty-box';
  const bench = ptyBench(daemon, 'pty-exec', {
    prepare: (place) => ctr(place, 'run', '--detach', '--null-io', busybox(), box, 'sleep', '1000'),
  });
  const { open, newId, nothingLeft } = bench;

  const exec = (...command: readonly string[]): Terminal =>
    open(['task', 'exec', '--exec-id', newId(), '--tty', box, ...command]);

  test(
    'a terminal inside, the status outside, the mode as before',
    async () => {
      const shell = exec('sh', '-c', 'tty; exit 9');
      const { status, before: mode, after } = await shell.end();
      expect(shell.screen).toMatch(/^\/dev\/pts\/\d+\r\n$/);
      expect(status).toBe(9);
      expect(after).toBe(mode);
      await nothingLeft();
    },
    limit,
  );

  test(
    'a changed size is followed',
    async () => {
      // The first size may itself come when the process is ready.
      const shell = exec(
        'sh',
        '-c',
        `trap 'stty size; [ "$(stty size)" != "33 99" ] || exit 0' WINCH; echo ready; while :; do sleep 0.1; done`,
      );
      await shell.until(/ready/);
      execFileSync('sh', ['-c', `stty rows 33 cols 99 < ${await shell.device()}`]);
      await shell.until(/33 99/);
      expect((await shell.end()).status).toBe(0);
      await nothingLeft();
    },
    limit,
  );

  test(
    'Ctrl-C and Ctrl-D are bytes for the process',
    async () => {
      const shell = exec(
        'sh',
        '-c',
        "trap 'echo caught' INT; echo ready; while read line; do :; done; cat; echo end",
      );
      await shell.until(/ready/);
      shell.type('\x03');
      await shell.until(/caught/);
      shell.type('\x04');
      await shell.until(/\r\n|end/);
      shell.type('\x04');
      expect((await shell.end()).status).toBe(0);
      expect(shell.screen).toContain('end');
      await nothingLeft();
    },
    limit,
  );

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)(
    '%s to tctr ends the process with it',
    async (signal, expected) => {
      const shell = exec('sh', '-c', "trap '' INT TERM HUP; echo ready; while :; do sleep 1; done");
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
    'off a terminal it is one line and status 1',
    async () => {
      const { place } = bench;
      const id = newId();
      const ran = await tctr(place, ['task', 'exec', '--exec-id', id, '--tty', box, 'true']);
      expect(ran.status).toBe(1);
      expect(ran.stderr).toMatch(/^tctr: [^\n]*terminal[^\n]*\n$/);
      await nothingLeft();
    },
    limit,
  );

  test(
    'attach joins a detached process with a terminal, and takes its status',
    async () => {
      const { place } = bench;
      const id = newId();
      const command = ['sh', '-c', 'read line; echo "<$line>"; exit 5'];
      expect((await tctr(place, ['run', '--detach', '--tty', busybox(), id, ...command])).status).toBe(0);
      const terminal = open(['task', 'attach', id]);
      await terminal.pid();
      // Until the terminal is raw, what is typed is echoed here as well.
      await rawMode(terminal);
      terminal.type('hello\r');
      const { status, before: mode, after } = await terminal.end();
      expect(terminal.screen).toMatch(/<hello>\r\n$/);
      expect(status).toBe(5);
      expect(after).toBe(mode);
      await ctr(place, 'containers', 'delete', id);
      await nothingLeft();
    },
    limit,
  );

  test(
    'SIGTERM to attach lets the process be',
    async () => {
      const { place } = bench;
      const id = newId();
      await tctr(place, ['run', '--detach', '--tty', busybox(), id, 'sleep', '1000']);
      const terminal = open(['task', 'attach', id]);
      const pid = await terminal.pid();
      await rawMode(terminal);
      process.kill(pid, 'SIGTERM');
      const { status, before: mode, after } = await terminal.end();
      expect(status).toBe(143);
      expect(after).toBe(mode);
      expect(await ctr(place, 'tasks', 'list')).toMatch(new RegExp(`^${id} .*RUNNING`, 'm'));
      await ctr(place, 'tasks', 'delete', '--force', id);
      await ctr(place, 'containers', 'delete', id);
      await nothingLeft();
    },
    limit,
  );
});

async function rawMode(terminal: Terminal): Promise<void> {
  const device = await terminal.device();
  const isRaw = () =>
    execFileSync('sh', ['-c', `stty -a < ${device}`], { encoding: 'utf8' }).includes('-icanon');
  for (let tries = 0; tries < 100 && !isRaw(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isRaw()).toBe(true);
}
