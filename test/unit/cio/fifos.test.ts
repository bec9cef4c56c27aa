import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { reapFifoDirs } from '../../../src/cio/fifo-reaper.js';
import {
  createFifos,
  fifoDirPrefix,
  ownerLink,
  removeFifoDir,
  removeTaskFifos,
  type Fifos,
} from '../../../src/cio/fifos.js';
import { currentOwner, formatOwner } from '../../../src/cio/owner.js';
import { TaskIo } from '../../../src/cio/task-io.js';
import { scratchDir } from './scratch.js';

const scratch = scratchDir();
afterAll(() => scratch.remove());
let count = 0;
let root = '';
beforeEach(() => {
  root = join(scratch.path, `${count++}`, 'fifo');
});

const create = (options: Partial<Parameters<typeof createFifos>[0]> = {}) =>
  createFifos({ root, id: 'web', stdin: true, terminal: false, ...options });
const mode = (path: string) => lstatSync(path).mode & 0o7777;
/** What a refusal has to say. */
const refusal = (kind: string, text: string) => ({ kind, message: expect.stringContaining(text) });
const failure = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

describe('createFifos', () => {
  test('makes private FIFOs in a private directory', async () => {
    const { dir, stdio } = await create();
    expect(stdio).toEqual({
      stdin: join(dir, 'web-stdin'),
      stdout: join(dir, 'web-stdout'),
      stderr: join(dir, 'web-stderr'),
      terminal: false,
    });
    expect([mode(root), mode(dir)]).toEqual([0o700, 0o700]);
    for (const path of [stdio.stdin, stdio.stdout, stdio.stderr]) {
      expect([lstatSync(path).isFIFO(), mode(path)]).toEqual([true, 0o600]);
    }
  });

  test('does not depend on PATH or umask', async () => {
    const { PATH } = process.env;
    const umask = process.umask(0o277);
    process.env['PATH'] = '/nonexistent';
    try {
      expect(mode((await create({ root: scratch.path })).stdio.stdout)).toBe(0o600);
    } finally {
      process.umask(umask);
      process.env['PATH'] = PATH;
    }
  });

  test('makes what is asked for', async () => {
    const { stdio } = await create({ stdin: false, terminal: true });
    expect([stdio.stdin, basename(stdio.stdout), stdio.stderr]).toEqual(['', 'web-stdout', '']);
  });

  test.each(['a/b', '../x', 'a\0b'])('refuses the id %j', async (id) => {
    await expect(create({ id })).rejects.toMatchObject(refusal('invalid argument', 'cannot name a FIFO'));
  });

  test('leaves nothing behind when mkfifo fails or is aborted', async () => {
    await expect(create({ id: 'x'.repeat(300) })).rejects.toMatchObject(
      refusal('failed precondition', 'too long'),
    );
    await expect(create({ signal: AbortSignal.abort() })).rejects.toMatchObject(refusal('canceled', ''));
    expect(readdirSync(root)).toEqual([]);
  });

  test.each<[string, string, (path: string) => void]>([
    ['a link', 'symbolic link', (path) => symlinkSync('/tmp', path)],
    ['a file', 'not a directory', (path) => writeFileSync(path, '')],
    ['a directory of all', 'others may write', (path) => (mkdirSync(path), chmodSync(path, 0o777))],
    ['a directory of a group', 'others may write', (path) => (mkdirSync(path), chmodSync(path, 0o770))],
  ])('refuses %s as its root', async (_what, reason, plant) => {
    mkdirSync(join(root, '..'));
    plant(root);
    await expect(create()).rejects.toMatchObject(refusal('failed precondition', reason));
  });

  test('takes a sticky root, where nobody can move our directory', async () => {
    mkdirSync(root, { recursive: true });
    chmodSync(root, 0o1777);
    expect(existsSync((await create()).dir)).toBe(true);
  });

  test('remove is idempotent, and does nothing after handOver', async () => {
    const [removed, kept] = [await create(), await create()];
    removed.remove();
    removed.remove();
    kept.handOver();
    kept.remove();
    expect(readdirSync(root)).toEqual([basename(kept.dir)]);
    expect(readdirSync(kept.dir).sort()).toEqual(['web-stderr', 'web-stdin', 'web-stdout']);
  });
});

describe('removeTaskFifos', () => {
  test('removes FIFOs and then their directory, and no file', async () => {
    const io = await TaskIo.detached({ fifoRoot: root, id: 'web', terminal: false });
    io.handOver();
    io.dispose();
    removeTaskFifos(io.config);
    removeTaskFifos(io.config);
    expect(readdirSync(root)).toEqual([]);
    const log = join(root, 'log');
    writeFileSync(log, 'kept');
    removeTaskFifos({ stdin: '', stdout: log, stderr: `file://${log}`, terminal: false });
    expect(readdirSync(root)).toEqual(['log']);
  });
});

test('attach refuses what is no FIFO', () => {
  mkdirSync(root, { recursive: true });
  const log = join(root, 'log');
  writeFileSync(log, '');
  const attach = (stdout: string) =>
    failure(() =>
      TaskIo.attach({
        stdio: { stdin: '', stdout, stderr: '', terminal: false },
        stdout: { write: () => {} },
      }),
    );
  expect(attach(log)).toMatchObject(refusal('failed precondition', 'not a FIFO'));
  expect(attach(join(root, 'gone'))).toMatchObject(refusal('not found', 'ENOENT'));
});

describe('reapFifoDirs', () => {
  /** Makes it look as if a process that is dead now had made the directory, long ago. */
  const abandon = ({ dir }: Fifos) => {
    unlinkSync(join(dir, ownerLink));
    symlinkSync(formatOwner({ ...currentOwner(), startTime: 1n }), join(dir, ownerLink));
    utimesSync(dir, 1, 1);
  };

  test('removes what a dead owner left', async () => {
    const [dead, alive] = [await create(), await create()];
    abandon(dead);
    utimesSync(alive.dir, 1, 1);
    expect(readlinkSync(join(alive.dir, ownerLink))).toBe(formatOwner(currentOwner()));
    expect(reapFifoDirs({ root })).toEqual([dead.dir]);
    expect(readdirSync(root)).toEqual([basename(alive.dir)]);
  });

  test('leaves young and foreign directories alone', async () => {
    const young = await create();
    abandon(young);
    utimesSync(young.dir, new Date(), new Date());
    const foreign = join(root, '12345');
    mkdirSync(foreign);
    utimesSync(foreign, 1, 1);
    expect(reapFifoDirs({ root })).toEqual([]);
    expect(readdirSync(root)).toHaveLength(2);
  });

  test('removes what a task that is gone was given, or a SIGKILL left of a removal', async () => {
    const handedOver = await create();
    handedOver.handOver();
    const halfGone = mkdtempSync(join(root, fifoDirPrefix));
    expect(reapFifoDirs({ root })).toEqual([]);
    for (const dir of [handedOver.dir, halfGone]) utimesSync(dir, 1, 1);
    expect(reapFifoDirs({ root })).toHaveLength(2);
    expect(readdirSync(root)).toEqual([]);
  });

  test('the owner goes last, when the FIFOs are gone', async () => {
    const { dir } = await create();
    // What cannot be removed makes the removal stop where it is.
    mkdirSync(join(dir, 'busy'));
    execFileSync('mount', ['-t', 'tmpfs', 'none', join(dir, 'busy')]);
    try {
      expect(() => removeFifoDir(dir)).toThrow('EBUSY');
      expect(readdirSync(dir)).toContain(ownerLink);
    } finally {
      execFileSync('umount', [join(dir, 'busy')]);
    }
  });

  test('leaves FIFOs alone that another process has open', async () => {
    const fifos = await create();
    abandon(fifos);
    const shim = spawn('sh', ['-c', 'exec 3<>"$0"; echo ready; exec sleep 20', fifos.stdio.stdout]);
    await once(shim.stdout, 'data');
    expect(reapFifoDirs({ root })).toEqual([]);
    shim.kill();
    await once(shim, 'exit');
    expect(reapFifoDirs({ root })).toEqual([fifos.dir]);
  });

  test('needs no root', () => expect(reapFifoDirs({ root: '/nonexistent' })).toEqual([]));
});
