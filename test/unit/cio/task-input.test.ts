import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { mkfifo } from '../../../src/cio/mkfifo.js';
import { TaskIo } from '../../../src/cio/task-io.js';
import { pipeFrom } from './pipes.js';
import { Collected, runTask, sha256Of } from './run-task.js';
import { scratchDir } from './scratch.js';
import { startShim } from './shim.js';

const scratch = scratchDir();
const fifoRoot = join(scratch.path, 'fifo');
afterAll(() => scratch.remove());

async function* chunks(...texts: string[]) {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

describe('a task’s input', () => {
  test('that ends before the process has started reaches it, and so does its end', async () => {
    const stdout = new Collected();
    const io = await TaskIo.create({ fifoRoot, id: 'web', terminal: false, stdin: chunks('a', 'b'), stdout });
    await sleep(30); // the source is at its end now
    const shim = await startShim(io.config, 'cat');
    await sleep(30);
    io.started(shim.closeIO);
    expect(await shim.exit).toBe(0);
    await io.drain();
    io.dispose();
    expect(stdout.text).toBe('ab');
  });

  test('comes late and ends late', async () => {
    const late = async function* () {
      await sleep(50);
      yield Buffer.from('late');
      await sleep(50);
    };
    const { stdout } = await runTask('cat', { fifoRoot, stdin: late() });
    expect(stdout.text).toBe('late');
  });

  test('of a pipe arrives whole', async () => {
    const pipe = await pipeFrom('seq 3000000');
    const { stdout } = await runTask('cat', { fifoRoot, stdin: pipe.fd });
    await pipe.close();
    expect(stdout.sha256).toBe(sha256Of('seq 3000000'));
  });

  test('of a file arrives whole', async () => {
    const path = join(scratch.path, 'input');
    writeFileSync(path, readFileSync(process.execPath).subarray(0, 20_000_000));
    const stdin = openSync(path, 'r');
    const { stdout } = await runTask('cat', { fifoRoot, stdin });
    closeSync(stdin);
    expect(stdout.sha256).toBe(sha256Of(`cat ${path}`));
  });

  test('of a named FIFO ends when its writer goes', async () => {
    const path = join(scratch.path, 'named');
    await mkfifo([path]);
    const writer = spawn('sh', ['-c', `echo named >${path}`]);
    const { stdout } = await runTask('cat', { fifoRoot, stdin: openSync(path, 'r') });
    expect(stdout.text).toBe('named\n');
    writer.kill();
  });

  test('/dev/null is an end at once', async () => {
    const stdin = openSync('/dev/null', 'r');
    const { code, output } = await runTask('cat; exit 5', { fifoRoot, stdin });
    closeSync(stdin);
    expect([code, output.stdout]).toEqual([5, { bytes: 0, eof: true }]);
  });

  test('absent means no FIFO', async () => {
    const io = await TaskIo.create({ fifoRoot, id: 'web', terminal: false, stdout: new Collected() });
    expect(io.config.stdin).toBe('');
    io.dispose();
  });

  test('waits for a process that reads slowly', async () => {
    let sent = 0;
    const stdin = async function* () {
      for (; sent < 400; sent++) yield await Promise.resolve(Buffer.alloc(10_000));
    };
    const { stdout } = await runTask('sleep 0.2; wc -c', { fifoRoot, stdin: stdin() });
    expect(stdout.text.trim()).toBe('4000000');
  });

  test('that fails is passed on as an end', async () => {
    const failing = async function* () {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('EIO');
    };
    const { stdout } = await runTask('cat', { fifoRoot, stdin: failing() });
    expect(stdout.text).toBe('half');
  });

  test('survives a CloseIO that fails', async () => {
    const io = await TaskIo.create({
      fifoRoot,
      id: 'web',
      terminal: false,
      stdin: chunks(),
      stdout: new Collected(),
    });
    const closed: string[] = [];
    io.started(() => (closed.push('called'), Promise.reject(new Error('process already finished'))));
    await sleep(10);
    expect(closed).toEqual(['called']);
    io.dispose();
  });
});

describe('a process that ends without reading its input', () => {
  test.each<[string, () => Promise<{ stdin: number | AsyncIterable<Uint8Array>; release: () => unknown }>]>([
    [
      'an idle pipe',
      async () => {
        const pipe = await pipeFrom('sleep 60');
        return { stdin: pipe.fd, release: () => (pipe.kill(), pipe.close()) };
      },
    ],
    [
      'an endless file',
      () => {
        const stdin = openSync('/dev/zero', 'r');
        return Promise.resolve({ stdin, release: () => closeSync(stdin) });
      },
    ],
    ['an idle stream', () => Promise.resolve({ stdin: new PassThrough(), release: () => {} })],
  ])('is not held up by %s', async (_name, source) => {
    const { stdin, release } = await source();
    const { code } = await runTask('exit 4', { fifoRoot, stdin });
    expect(code).toBe(4);
    await release();
  });
});
