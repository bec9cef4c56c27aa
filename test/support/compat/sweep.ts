import { ownCtr, type Side } from './side.js';

const attempts = 6;

/** The names of the daemon's namespaces. */
export async function namespaces(side: Side): Promise<readonly string[]> {
  return words(side, ['namespace', 'list', '--quiet']);
}

/** Removes a side's namespace: takes away what keeps it from being removed, until nothing does. */
export async function sweep(side: Side): Promise<void> {
  let reason = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { stderr } = await ownCtr(side, ['namespace', 'remove', side.namespace]);
    if (stderr.length === 0) return;
    reason = stderr.toString();
    await takeAway(side, reason);
  }
  throw new Error(`cannot clear namespace ${side.namespace}: ${reason}`);
}

/** Removes every namespace whose name begins with the side's. */
export async function sweepAll(side: Side): Promise<void> {
  const left = (await namespaces(side)).filter((name) => name.startsWith(side.namespace));
  for (const namespace of left) await sweep({ ...side, namespace });
}

/** containerd names what a namespace still has. */
async function takeAway(side: Side, reason: string): Promise<void> {
  if (reason.includes('containers')) await removeContainers(side);
  if (reason.includes('images')) {
    await ownCtr(side, ['image', 'remove', '--sync', ...(await words(side, ['image', 'list', '--quiet']))]);
    return;
  }
  for (const id of await words(side, ['leases', 'list', '--quiet']))
    await ownCtr(side, ['leases', 'delete', id]);
  await removeRooted(side);
  if (reason.includes('blobs')) {
    const blobs = await words(side, ['content', 'list', '--quiet']);
    await ownCtr(side, ['content', 'delete', ...blobs]);
  }
  await collectGarbage(side);
}

async function removeContainers(side: Side): Promise<void> {
  for (const id of await words(side, ['task', 'list', '--quiet']))
    await ownCtr(side, ['task', 'delete', '--force', id]);
  const containers = await words(side, ['container', 'list', '--quiet']);
  const { status } = await ownCtr(side, ['container', 'delete', ...containers]);
  // A snapshot that is gone already keeps ctr from deleting its container.
  if (status !== 0) await ownCtr(side, ['container', 'delete', '--keep-snapshot', ...containers]);
}

/** The end of a lease is what makes the daemon collect garbage, and be done with it when the answer comes. */
async function collectGarbage(side: Side): Promise<void> {
  for (const line of [
    ['leases', 'create', '--id', 'sweep'],
    ['leases', 'delete', '--sync', 'sweep'],
  ]) {
    const { status, stderr } = await ownCtr(side, line);
    if (status !== 0) throw new Error(`${line.join(' ')}: ${stderr.toString()}`);
  }
}

/** Snapshots made by `ctr snapshot` keep themselves alive; children go first. */
async function removeRooted(side: Side): Promise<void> {
  for (const snapshotter of ['overlayfs', 'native']) {
    const { stdout } = await ownCtr(side, ['snapshots', '--snapshotter', snapshotter, 'list']);
    const rows = stdout.toString().split('\n').slice(1);
    const keys = rows
      .map((row) => row.split(' ')[0]!)
      .filter((key) => key !== '' && !key.startsWith('sha256:'));
    // A child that was collected still keeps its parent from being deleted, but not from being collected.
    for (const key of keys) {
      const root = 'containerd.io/gc.root=';
      await ownCtr(side, ['snapshots', '--snapshotter', snapshotter, 'label', key, root]);
    }
    for (const key of [...keys, ...keys]) {
      await ownCtr(side, ['snapshots', '--snapshotter', snapshotter, 'delete', key]);
    }
  }
}

async function words(side: Side, line: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await ownCtr(side, line);
  return stdout
    .toString()
    .split('\n')
    .filter((word) => word !== '');
}
