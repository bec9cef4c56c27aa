import { join } from 'node:path';
import { Client } from '../dist/client.js';

export const root = join(import.meta.dirname, '..');

/** A daemon of the lab (`eval "$(lab/lab env)"`), with ctr of its release and tctr on it. */
export function daemon(release) {
  const address = required(`TCTR_LAB_SOCK_${release}`);
  const ctr = required(`TCTR_LAB_CTR_${release}`);
  return {
    version: required(`TCTR_LAB_VERSION_${release}`),
    ctr: (...args) => [ctr, '-a', address, ...args],
    // As users do, by the file itself: its first line says how Node.js is to run it.
    tctr: (...args) => [join(root, 'bin/run.js'), '-a', address, ...args],
    connect: (namespace) => Client.connect({ address, namespace }),
  };
}

export const registry = () => required('TCTR_LAB_REGISTRY');

/** Calls `use` with a new namespace, and takes everything out of it again. */
export async function inNamespace(lab, use) {
  const namespace = `bench-${process.pid}`;
  const client = await lab.connect(namespace);
  try {
    await client.namespaces.create(namespace, new Map());
    return await use({ namespace, client });
  } finally {
    await empty(client);
    await client.namespaces
      .delete(namespace)
      .catch((error) => console.error(`${namespace} stays: ${error.message}`));
    client.close();
  }
}

/** Deletes containers and images; the last image waits for the collector, which removes blobs and snapshots. */
export async function empty(client) {
  await inGroups(await client.containers.list(), ({ id }) => client.containers.delete(id));
  const images = await client.images.list();
  await inGroups(images.slice(1), ({ name }) => client.images.delete(name));
  if (images[0]) await client.images.delete(images[0].name, { sync: true });
}

/** Sixteen at once. */
export async function inGroups(items, work) {
  for (let at = 0; at < items.length; at += 16) await Promise.all(items.slice(at, at + 16).map(work));
}

function required(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: eval "$(lab/lab env)", with the daemons up`);
  return value;
}
