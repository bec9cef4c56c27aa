import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { currentOwner, formatOwner, type Owner } from '../../../src/cio/owner.js';
import { Client } from '../../../src/client/client.js';
import { orphans, type Taken } from '../../../src/ops/journal.js';
import { reapOrphans } from '../../../src/ops/reap.js';
import { startFake, type FakeContainerd } from '../../support/fake/containerd.js';

const namespace = 'reaped';
let folder: string;
let fake: FakeContainerd;
let client: Client;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tctr-journal-'));
  fake = await startFake();
  client = await Client.connect({ address: fake.socket, namespace: 'default' });
});
afterEach(async () => {
  client.close();
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A process that has died: this one, had it started at another time. */
const dead = (number: number): Owner => ({ ...currentOwner(), startTime: BigInt(number) });

function write(owner: Owner, taken: readonly Taken[], suffix = ''): string {
  const name = `${formatOwner(owner).replaceAll('/', '_')}${suffix}`;
  writeFileSync(join(folder, name), JSON.stringify(taken));
  return name;
}

async function lease(id: string, address = fake.socket): Promise<Taken> {
  await client.within({ namespace }).leases.create(id, new Map());
  return { kind: 'lease', address, namespace, id };
}

const leases = () => [...fake.state.read(namespace).leases.keys()];
const reap = async () => reapOrphans(client, await orphans(fake.socket, folder));

test('what a dead process held is given back, and its journal goes', async () => {
  write(dead(1), [await lease('a'), await lease('b')]);
  await reap();
  expect(leases()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('the journal of a living process is left alone', async () => {
  const name = write(currentOwner(), [await lease('a')]);
  const draft = write(currentOwner(), [], '.new');
  await reap();
  expect(fake.calls.of('Leases.Delete')).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual([name, draft]);
});

test('a draft of a dead process goes, and what it says is not believed', async () => {
  write(dead(1), [await lease('a')], '.new');
  await reap();
  expect(leases()).toEqual(['a']);
  expect(readdirSync(folder)).toEqual([]);
});

test('a journal about another daemon is left for a tctr that talks to that', async () => {
  const name = write(dead(1), [await lease('a', '/run/other.sock')]);
  write(dead(2), [await lease('b')]);
  await reap();
  expect(leases()).toEqual(['a']);
  expect(readdirSync(folder)).toEqual([name]);
});

test('what cannot be given back keeps its journal, and stops no other', async () => {
  fake.fault(
    { method: 'Leases.Delete', times: 1 },
    { kind: 'status', code: 'UNKNOWN', message: 'disk full' },
  );
  write(dead(1), [await lease('a')]);
  write(dead(2), [await lease('b')]);
  write(dead(3), [await lease('c')]);
  await expect(reap()).rejects.toThrow('disk full');
  expect([leases().length, readdirSync(folder).length]).toEqual([1, 1]);
  await reap();
  expect([leases().length, readdirSync(folder).length]).toEqual([0, 0]);
});

test('what hangs is tried again a minute later, not by every tctr', async () => {
  const message = 'context deadline exceeded';
  fake.fault({ method: 'Leases.Delete', times: 1 }, { kind: 'status', code: 'DEADLINE_EXCEEDED', message });
  write(dead(1), [await lease('a')]);
  await expect(reap()).rejects.toThrow(message);
  await reap();
  expect(fake.calls.of('Leases.Delete')).toHaveLength(1);
  const [name = ''] = readdirSync(folder);
  const before = new Date(Date.now() - 61_000);
  utimesSync(join(folder, name), before, before);
  await reap();
  expect([leases(), readdirSync(folder)]).toEqual([[], []]);
});

test('what is gone already is no fault', async () => {
  write(dead(1), [
    { kind: 'lease', address: fake.socket, namespace, id: 'gone' },
    { kind: 'container', address: fake.socket, namespace, id: 'gone' },
    { kind: 'task', address: fake.socket, namespace, id: 'gone', fifoRoot: folder },
    execHeld(),
  ]);
  await reap();
  expect(readdirSync(folder)).toEqual([]);
});

/** An exec that is not there any more. */
const execHeld = (): Taken => ({
  kind: 'exec',
  address: fake.socket,
  namespace,
  id: 'gone',
  execId: 'x',
  fifoRoot: folder,
});

/** FIFOs that a dead process left for an exec, with their reader: a shim that has not closed them yet. */
function leaveFifos(owner: Owner): { readonly dir: string; readonly reader: number } {
  const dir = mkdtempSync(join(folder, 'tctr-'));
  symlinkSync(formatOwner(owner), join(dir, '.tctr-owner'));
  execFileSync('mkfifo', [join(dir, 'x-stdin')]);
  write(owner, [execHeld()]);
  return { dir, reader: openSync(join(dir, 'x-stdin'), constants.O_RDWR | constants.O_NONBLOCK) };
}

test('FIFOs that a shim is about to close are waited for', async () => {
  const { reader } = leaveFifos(dead(1));
  setTimeout(() => closeSync(reader), 300);
  await reap();
  expect(readdirSync(folder)).toEqual([]);
});

test('FIFOs that are read for longer are left to a later tctr, and their journal with them', async () => {
  const { dir, reader } = leaveFifos(dead(1));
  try {
    await reap();
    expect(existsSync(dir)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.late'))).toHaveLength(1);
  } finally {
    closeSync(reader);
  }
});

test('FIFOs of a process that died a moment ago stay: a shim may be about to open them', async () => {
  const { dir, reader } = leaveFifos(dead(2));
  closeSync(reader);
  const reapAnother = async (number: number) => {
    write(dead(number), [execHeld()]);
    const found = await orphans(fake.socket, folder);
    await reapOrphans(
      client,
      found.filter(({ owner }) => owner === formatOwner(dead(number))),
    );
  };
  await reapAnother(1);
  expect(existsSync(dir)).toBe(true);
  const before = new Date(Date.now() - 61_000);
  utimesSync(dir, before, before);
  await reapAnother(3);
  expect(existsSync(dir)).toBe(false);
});

test('files of other names, and a folder that others may write to, are not believed', async () => {
  writeFileSync(join(folder, 'README'), '');
  await reap();
  expect(readdirSync(folder)).toEqual(['README']);
  const name = write(dead(1), [await lease('a')]);
  chmodSync(folder, 0o777);
  await reap();
  expect([leases(), existsSync(join(folder, name))]).toEqual([['a'], true]);
});

test('no folder, no orphans', async () => {
  expect(await orphans(fake.socket, join(folder, 'none'))).toEqual([]);
});
