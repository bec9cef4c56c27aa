import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packRuncOptions } from '../../src/client/runtime-options.js';
import { packJson, typeUrls } from '../../src/client/typeurl.js';
import { TaskStatus } from '../../src/client/tasks.js';
import { containerOf, runtime } from '../support/container.js';
import { contract, later, refusal, type Given } from './contract.js';
import { emptyNamespace } from './empty-namespace.js';

const none = { stdin: '', stdout: '', stderr: '', terminal: false };
const zeroTime = { seconds: -62135596800n, nanos: 0 };
const id = 'tctr-contract-task';
const init = { containerId: id };
const process = (...args: string[]) => ({ cwd: '/', user: { uid: 0, gid: 0 }, args, env: ['PATH=/bin'] });
const packed = (...args: string[]) => packJson(typeUrls.process, JSON.stringify(process(...args)));

contract('tasks', (given) => {
  let rootfs: string;

  beforeAll(() => {
    rootfs = mkdtempSync(join(tmpdir(), 'tctr-contract-'));
    for (const dir of ['usr', 'proc', 'dev']) mkdirSync(join(rootfs, dir));
    for (const link of ['bin', 'lib', 'lib64']) symlinkSync(`usr/${link}`, join(rootfs, link));
  });

  afterAll(() => rmSync(rootfs, { recursive: true, force: true }));

  beforeEach(async () => {
    await emptyNamespace(given.client);
    await createContainer(given, rootfs);
  });

  const tasks = later(() => given.client.tasks);

  test('need a container', async () => {
    const missing = {
      kind: 'not found',
      message: `container "nope" in namespace "${given.client.namespace}": not found`,
    };
    expect(await refusal(tasks.get({ containerId: 'nope' }))).toEqual(missing);
    expect(await refusal(tasks.create('nope', { rootfs: [], stdio: none }))).toEqual(missing);
  });

  test('that are not there are not found', async () => {
    const missing = { kind: 'not found', message: `task ${id} not found` };
    expect(await refusal(tasks.get(init))).toEqual(missing);
    expect(await refusal(tasks.start(init))).toEqual(missing);
    expect(await refusal(tasks.kill(init, 9))).toEqual(missing);
    expect(await refusal(tasks.wait(init))).toEqual(missing);
    expect(await refusal(tasks.delete(id))).toEqual(missing);
    expect(await refusal(tasks.pause(id))).toEqual(missing);
    expect(await refusal(tasks.exec(id, 'e', none, packed('true')))).toEqual(missing);
    expect(await tasks.metrics([`id==${id}`])).toEqual([]);
    expect(await tasks.list()).toEqual([]);
  });

  test('go from created over running and paused to stopped', async () => {
    const pid = await tasks.create(id, { rootfs: [], stdio: none });
    expect(await tasks.get(init)).toEqual({
      containerId: '',
      id,
      pid,
      status: TaskStatus.CREATED,
      ...none,
      exitStatus: 0,
      exitedAt: zeroTime,
    });
    expect(await refusal(tasks.create(id, { rootfs: [], stdio: none }))).toEqual({
      kind: 'already exists',
      message: `task ${id}: already exists`,
    });
    expect(await tasks.start(init)).toBe(pid);
    expect(await refusal(tasks.start(init))).toEqual(shim('cannot start a running process'));
    expect(await tasks.list()).toMatchObject([{ id, pid, status: TaskStatus.RUNNING }]);
    expect(await tasks.pids(id)).toMatchObject([{ pid }]);
    expect(await refusal(tasks.delete(id))).toEqual(
      shim('failed to delete task: cannot delete a running process'),
    );
    await tasks.pause(id);
    expect((await tasks.get(init)).status).toBe(TaskStatus.PAUSED);
    expect(await refusal(tasks.pause(id))).toEqual(shim('cannot pause a paused container'));
    await tasks.resume(id);
    expect(await refusal(tasks.resume(id))).toEqual(shim('cannot resume a running process'));
    const ended = tasks.wait(init);
    await tasks.kill(init, 0);
    await tasks.kill(init, 9);
    const { exitStatus, exitedAt } = await ended;
    expect(exitStatus).toBe(137);
    expect(await tasks.get(init)).toMatchObject({ status: TaskStatus.STOPPED, exitStatus, exitedAt });
    expect(await refusal(tasks.kill(init, 9))).toEqual({
      kind: 'not found',
      message: 'process already finished: not found',
    });
    await tasks.kill(init, 9, { all: true });
    expect(await refusal(tasks.exec(id, 'e', none, packed('true')))).toEqual(
      shim('cannot exec in a stopped state'),
    );
    expect(await refusal(tasks.resume(id))).toEqual(shim('cannot resume a stopped container'));
    expect(await tasks.pids(id)).toEqual([]);
    expect(await tasks.delete(id)).toEqual({ id: '', pid, exitStatus, exitedAt });
    expect(await refusal(tasks.get(init))).toMatchObject({ kind: 'not found' });
  });

  test('have further processes', async () => {
    const exec = { containerId: id, execId: 'e' };
    await tasks.create(id, { rootfs: [], stdio: none });
    await tasks.start(init);
    await tasks.exec(id, 'e', none, packed('sleep', '1000'));
    expect(await tasks.get(exec)).toMatchObject({ id: 'e', pid: 0, status: TaskStatus.CREATED });
    expect(await refusal(tasks.kill(exec, 9))).toEqual({
      kind: 'failed precondition',
      message: 'process not created: failed precondition',
    });
    expect(await refusal(tasks.exec(id, 'e', none, packed('true')))).toEqual({
      kind: 'already exists',
      message: 'id e: already exists',
    });
    const pid = await tasks.start(exec);
    expect((await tasks.pids(id)).map((process) => process.pid)).toContain(pid);
    expect(await refusal(tasks.deleteProcess(id, 'e'))).toEqual(shim('cannot delete a running process'));
    await tasks.kill(exec, 15);
    await tasks.kill(exec, 9).catch(() => undefined); // init of nobody: it may heed SIGTERM or not
    const { exitStatus } = await tasks.wait(exec);
    expect([137, 143]).toContain(exitStatus);
    expect(await tasks.deleteProcess(id, 'e')).toMatchObject({ id: 'e', pid, exitStatus });
    expect(await refusal(tasks.get(exec))).toEqual({
      kind: 'not found',
      message: 'process does not exist e: not found',
    });
    expect(await refusal(tasks.exec(id, 'bad id', none, packed('true')))).toEqual({
      kind: 'invalid argument',
      message:
        'invalid exec id bad id: identifier "bad id" must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$: invalid argument',
    });
  });

  test('that were only created can be deleted, and killed', async () => {
    await tasks.create(id, { rootfs: [], stdio: none });
    expect(await refusal(tasks.pause(id))).toEqual(shim('cannot pause task in created state'));
    await tasks.kill(init, 9);
    expect((await tasks.wait(init)).exitStatus).toBe(137);
    await tasks.delete(id);
    await tasks.create(id, { rootfs: [], stdio: none });
    await tasks.delete(id);
  });
});

/** What a shim says; releases before 2.0 end it with the kind's name. */
function shim(words: string) {
  return { kind: 'unknown', message: expect.stringMatching(new RegExp(`^${words}(?:: unknown)?$`)) };
}

async function createContainer({ client, runc }: Given, rootfs: string): Promise<void> {
  const spec = {
    ociVersion: '1.0.2',
    process: process('sleep', '1000'),
    root: { path: rootfs },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/usr', type: 'bind', source: '/usr', options: ['rbind', 'ro'] },
    ],
    linux: {
      cgroupsPath: `/${client.namespace}/${id}`,
      namespaces: [{ type: 'pid' }, { type: 'mount' }, { type: 'ipc' }],
    },
  };
  await client.containers.create(
    containerOf(id, {
      runtime: { ...runtime, options: packRuncOptions({ binaryName: runc }) },
      spec: packJson(typeUrls.spec, JSON.stringify(spec)),
    }),
  );
}
