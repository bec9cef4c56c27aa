import { beforeEach, describe, expect, test } from '@jest/globals';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();
const bucket = () => bench.fake.state.read('default');

beforeEach(async () => {
  await bench.tctr(['container', 'create', '--rootfs', bench.fake.dir, 'a', 'true']);
  bench.fake.calls.clear();
});

describe('task start', () => {
  test('in the foreground passes output and status on, and deletes the task', async () => {
    bench.fake.script('a', { stdout: 'out\n', stderr: 'err\n', exit: 3 });
    expect(await bench.tctr(['task', 'start', 'a'])).toEqual({ status: 3, stdout: 'out\n', stderr: 'err\n' });
    expect(bucket().tasks.size).toBe(0);
  });

  test('gives stdin to the process', async () => {
    bench.fake.script('a', { echo: true });
    expect(await bench.tctr(['task', 'start', 'a'], { stdin: 'hello\n' })).toMatchObject({
      status: 0,
      stdout: 'hello\n',
    });
  });

  test('that the runtime refuses leaves no task', async () => {
    bench.fake.script('a', { startError: 'OCI runtime start failed' });
    expect(await bench.tctr(['task', 'start', '--null-io', 'a'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('OCI runtime start failed'),
    });
    expect(bucket().tasks.size).toBe(0);
  });
});

describe('a running task', () => {
  beforeEach(async () => {
    await bench.tctr(['task', 'start', '-d', '--null-io', 'a']);
    bench.fake.calls.clear();
  });

  test('is listed', async () => {
    const pid = bucket().tasks.get('a')?.pid;
    expect((await bench.tctr(['task', 'ls'])).stdout).toMatch(
      new RegExp(`^TASK +PID +STATUS +\\na +${pid} +RUNNING *\\n$`),
    );
    expect((await bench.tctr(['t', 'ls', '-q'])).stdout).toBe('a\n');
  });

  test('is paused, resumed, killed and deleted', async () => {
    const run = async (...argv: string[]) => (await bench.tctr(['task', ...argv])).status;
    expect(await run('pause', 'a')).toBe(0);
    expect(bucket().tasks.get('a')?.state).toBe('paused');
    expect(await run('resume', 'a')).toBe(0);
    expect(await run('rm', 'a')).toBe(1);
    expect(await run('kill', '-s', 'KILL', 'a')).toBe(0);
    expect(bench.fake.calls.only('Tasks.Kill').request).toMatchObject({ signal: 9, all: false });
    expect(await run('rm', 'a')).toBe(0);
    expect(bucket().tasks.size).toBe(0);
  });

  test('runs a further process, whose flags are its own', async () => {
    bench.fake.script('a/e', { stdout: 'hi\n', exit: 4 });
    expect(await bench.tctr(['task', 'exec', '--exec-id', 'e', 'a', 'ls', '--exec-id', '-la'])).toMatchObject(
      {
        status: 4,
        stdout: 'hi\n',
      },
    );
    expect(bucket().tasks.get('a')?.execs.size).toBe(0);
  });
});
