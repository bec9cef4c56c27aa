import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { ctr, endedBy, start, type Place, type Running } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';

const limit = 60_000;

describe.each(daemonRows())('signals to a foreground process on containerd %s', (_version, daemon) => {
  let place: Place;
  let before: Audit;
  let count = 0;

  beforeAll(async () => {
    place = await makePlace(daemon, 'fwd');
    before = await audit(daemon, place.namespace);
  }, limit);
  afterAll(() => removePlace(place), limit);

  const run = (flags: readonly string[], script: string): Running =>
    start(place, ['run', ...flags, busybox(), `${place.namespace}-${count++}`, 'sh', '-c', script]);
  const nothingLeft = async () => expect(await leftovers(place, before)).toEqual({});

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const)(
    '%s reaches the process, whose status counts',
    async (signal) => {
      const name = signal.slice(3);
      const running = run(
        ['--rm'],
        `trap 'echo got ${name}; exit 42' ${name}; echo ready; while :; do sleep 0.1; done`,
      );
      await shown(running, 'ready');
      running.child.kill(signal);
      const { status, stdout, stderr } = await running.ended;
      expect({ status, stderr, stdout: stdout.toString() }).toEqual({
        status: 42,
        stderr: '',
        stdout: `ready\ngot ${name}\n`,
      });
      await nothingLeft();
    },
    limit,
  );

  test(
    'the third SIGINT within ten seconds ends a process that ignores them',
    async () => {
      const running = run(['--rm'], "trap '' INT TERM; echo ready; while :; do sleep 0.1; done");
      await shown(running, 'ready');
      running.child.kill('SIGINT');
      await sleep(300);
      running.child.kill('SIGINT');
      await sleep(700);
      expect(running.child.exitCode ?? running.child.signalCode).toBe(null);
      running.child.kill('SIGINT');
      const { status, stderr } = await running.ended;
      expect(endedBy('SIGINT')).toContain(status);
      expect(stderr).toBe('');
      await nothingLeft();
    },
    limit,
  );

  test(
    'exec forwards as well',
    async () => {
      const box = `${place.namespace}-box`;
      await ctr(place, 'run', '--detach', '--null-io', busybox(), box, 'sleep', '1000');
      const words = ['task', 'exec', '--exec-id', `${place.namespace}-e`, box];
      const running = start(place, [...words, 'sh', '-c', 'echo ready; sleep 100']);
      await shown(running, 'ready');
      running.child.kill('SIGTERM');
      expect((await running.ended).status).toBe(143);
      await ctr(place, 'tasks', 'delete', '--force', box);
      await ctr(place, 'containers', 'delete', box);
      await nothingLeft();
    },
    limit,
  );
});

async function shown({ child }: Running, text: string): Promise<void> {
  let seen = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      // ctr: a signal ends the client itself until a moment after the start.
      if (seen.includes(text)) setTimeout(resolve, 500);
    });
    child.once('exit', () => reject(new Error(`ended without ${text}: ${seen}`)));
  });
}
