import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { OutputSink } from '../../../src/cio/output-sink.js';
import { TaskIo } from '../../../src/cio/task-io.js';
import { pipeTo } from './pipes.js';
import { Collected, runTask, sha256Of } from './run-task.js';
import { scratchDir } from './scratch.js';
import { startShim } from './shim.js';

const scratch = scratchDir();
const fifoRoot = join(scratch.path, 'fifo');
afterAll(() => scratch.remove());

const noSpace = Object.assign(new Error('no space'), { code: 'ENOSPC' });

describe('a task’s output', () => {
  test('reaches its own sink, and the directory goes', async () => {
    const { code, stdout, stderr, output } = await runTask('echo out; echo err >&2; exit 7', { fifoRoot });
    expect([code, stdout.text, stderr.text]).toEqual([7, 'out\n', 'err\n']);
    expect(output).toEqual({ stdout: { bytes: 4, eof: true }, stderr: { bytes: 4, eof: true } });
    expect(readdirSync(fifoRoot)).toEqual([]);
  });

  test('has no stderr of its own with a terminal', async () => {
    const { stdout, output } = await runTask('echo out; echo err >&2', { fifoRoot, terminal: true });
    expect(stdout.text).toBe('out\nerr\n');
    expect(output.stderr).toEqual({ bytes: 0, eof: true });
  });

  test('is complete in 200 short runs', async () => {
    const [long, short] = [sha256Of('seq 3000'), sha256Of('seq 9')];
    for (let round = 0; round < 50; round++) {
      const runs = [0, 1, 2, 3].map(() => runTask('seq 3000; seq 9 >&2', { fifoRoot }));
      for (const { stdout, stderr } of await Promise.all(runs)) {
        expect([stdout.sha256, stderr.sha256]).toEqual([long, short]);
      }
    }
  });

  test('keeps order and bytes over 200 MB', async () => {
    const script = 'seq 24000000 | head -c 200000000';
    const { stdout, output } = await runTask(script, { fifoRoot });
    expect(output.stdout).toEqual({ bytes: 200_000_000, eof: true });
    expect(stdout.sha256).toBe(sha256Of(script));
  });

  test('waits for a slow sink', async () => {
    let [bytes, active, most] = [0, 0, 0];
    const write = async (chunk: Uint8Array) => {
      most = Math.max(most, ++active);
      await sleep(3);
      bytes += chunk.length;
      active--;
    };
    const { output } = await runTask('head -c 5000000 /dev/zero', { fifoRoot, stdout: { write } });
    expect([bytes, output.stdout.bytes, most]).toEqual([5_000_000, 5_000_000, 1]);
  });

  test.each<[string, OutputSink['write']]>([
    ['rejects', () => Promise.reject(noSpace)],
    [
      'throws',
      () => {
        throw noSpace;
      },
    ],
  ])('is read to its end after a sink %s, which is told once', async (_how, write) => {
    const told: unknown[] = [];
    const { code, output } = await runTask('head -c 3000000 /dev/zero; exit 3', {
      fifoRoot,
      stdout: { write },
      onWriteError: (error, stream) => told.push([error, stream]),
    });
    expect(code).toBe(3);
    expect(output.stdout).toEqual({ bytes: 3_000_000, eof: true, error: noSpace });
    expect(told).toEqual([[noSpace, 'stdout']]);
  });

  test('reports ENOSPC of a full device', async () => {
    const stdout = openSync('/dev/full', 'w');
    const { output } = await runTask('seq 100000', { fifoRoot, stdout });
    closeSync(stdout);
    expect(output.stdout).toMatchObject({ eof: true, error: { code: 'ENOSPC' } });
  });

  test('reports EPIPE of a pipe whose reader has gone', async () => {
    const pipe = await pipeTo('head -c 100000 >/dev/null');
    const { output } = await runTask('head -c 3000000 /dev/zero', { fifoRoot, stdout: pipe.fd });
    await pipe.close();
    expect(output.stdout).toMatchObject({ bytes: 3_000_000, eof: true, error: { code: 'EPIPE' } });
  });

  test('reaches a pipe with a slow reader, while the process stays awake', async () => {
    const pipe = await pipeTo('sleep 0.3; sha256sum');
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    await runTask('seq 400000', { fifoRoot, stdout: pipe.fd });
    clearInterval(timer);
    expect(await pipe.close()).toContain(sha256Of('seq 400000'));
    expect(ticks).toBeGreaterThan(3); // of thirty; none where a write blocks
  });

  test('leaves the flags of the inherited descriptor alone', async () => {
    const pipe = await pipeTo('cat');
    const flags = () => /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${pipe.fd}`, 'utf8'))?.[1];
    const before = flags();
    await runTask('seq 100000', { fifoRoot, stdout: pipe.fd });
    expect(flags()).toBe(before);
    await pipe.close();
  });

  test('goes to a file descriptor', async () => {
    const path = join(scratch.path, 'log');
    const stdout = openSync(path, 'w');
    await runTask('seq 20000', { fifoRoot, stdout, stderr: stdout });
    closeSync(stdout);
    expect(sha256Of(`cat ${path}`)).toBe(sha256Of('seq 20000'));
  });
});

test('a process left behind may keep the output open: drain gives up when nothing comes', async () => {
  const stdout = new Collected();
  const io = await TaskIo.create({ fifoRoot, id: 'web', terminal: false, stdout });
  const shim = await startShim(io.config, 'echo first; sleep 30 & exit 0');
  await shim.exit;
  expect(await io.drain({ quietMs: 50 })).toBe('quiet');
  expect(stdout.text).toBe('first\n');
  await expect(io.drain({ signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ name: 'TimeoutError' });
  shim.kill();
  io.dispose();
  expect((await io.outputDone).stdout.bytes).toBe(6);
});

test('a task that never comes does not keep us: dispose ends everything', async () => {
  const io = await TaskIo.create({ fifoRoot, id: 'web', terminal: false, stdout: new Collected() });
  io.dispose();
  io.dispose();
  expect((await io.outputDone).stdout).toEqual({ bytes: 0, eof: false });
  expect(readdirSync(fifoRoot)).toEqual([]);
});
