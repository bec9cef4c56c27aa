import { ownCtr, type Side } from './side.js';

/** The names of the daemon's namespaces. */
export async function namespaces(side: Side): Promise<readonly string[]> {
  return words(side, ['namespace', 'list', '--quiet']);
}

/** Removes a side's namespaces, and everything in them. */
export async function sweep(side: Side): Promise<void> {
  const left = (await namespaces(side)).filter((name) => name.startsWith(side.namespace));
  for (const namespace of left) await empty({ ...side, namespace });
}

async function empty(side: Side): Promise<void> {
  for (let attempt = 0; attempt < 4; attempt++) {
    await removeAll(side);
    const { stderr } = await ownCtr(side, ['namespace', 'remove', side.namespace]);
    if (stderr.length === 0) return;
  }
  const { stderr } = await ownCtr(side, ['namespace', 'remove', side.namespace]);
  if (stderr.length > 0) throw new Error(`cannot clear namespace ${side.namespace}: ${stderr.toString()}`);
}

async function removeAll(side: Side): Promise<void> {
  const [tasks, containers, images, leases] = await Promise.all([
    words(side, ['task', 'list', '--quiet']),
    words(side, ['container', 'list', '--quiet']),
    words(side, ['image', 'list', '--quiet']),
    words(side, ['lease', 'list', '--quiet']),
  ]);
  for (const id of tasks) await ownCtr(side, ['task', 'delete', '--force', id]);
  if (containers.length > 0) await ownCtr(side, ['container', 'delete', ...containers]);
  const stuck = containers.length > 0 ? await words(side, ['container', 'list', '--quiet']) : [];
  // A snapshot that is gone already keeps ctr from deleting its container.
  if (stuck.length > 0) await ownCtr(side, ['container', 'delete', '--keep-snapshot', ...stuck]);
  if (images.length > 0) await ownCtr(side, ['image', 'remove', ...images]);
  for (const id of leases) await ownCtr(side, ['lease', 'delete', id]);
  await removeRooted(side);
  // The end of this lease is what makes the daemon collect garbage now.
  await ownCtr(side, ['lease', 'create', '--id', 'sweep']);
  await ownCtr(side, ['lease', 'delete', '--sync', 'sweep']);
}

/** Snapshots made by `ctr snapshot` keep themselves alive; children go first. */
async function removeRooted(side: Side): Promise<void> {
  const { stdout } = await ownCtr(side, ['snapshot', 'list']);
  const keys = stdout
    .toString()
    .split('\n')
    .slice(1)
    .map((row) => row.split(' ')[0]!);
  const own = keys.filter((key) => key !== '' && !key.startsWith('sha256:'));
  for (const key of [...own, ...own]) await ownCtr(side, ['snapshot', 'delete', key]);
}

async function words(side: Side, line: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await ownCtr(side, line);
  return stdout
    .toString()
    .split('\n')
    .filter((word) => word !== '');
}
