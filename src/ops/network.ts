import { statSync } from 'node:fs';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { configuredNetwork, type ConfiguredNetwork } from '../host/cni/config.js';
import { cniPlaces } from '../host/cni/places.js';
import { forgetResult, keepResult, keptResults, resultFile, type Connection } from '../host/cni/results.js';
import { runPlugin } from '../host/cni/run-plugin.js';
import { givesResultBack, pluginInput, type CniNetwork, type CniPlugin } from '../oci/cni-network.js';
import { KindError, prefixed } from '../oci/errors.js';
import type { Json } from '../oci/json-decode.js';
import { formatJson } from '../output/json.js';
import { note } from './journal.js';
import { wantsNetwork } from './network-extension.js';

/** A container, by which its connections are named. */
export interface NetworkOwner {
  readonly namespace: string;
  readonly id: string;
}

const interfaceName = 'eth0';

/** Milliseconds that plugins get to disconnect a container. */
const disconnectLimit = 30_000;

/** A network that a container is to be connected to; see {@link prepareNetwork}. */
export interface Network {
  /** Connects the container's first process, by its pid. A failure leaves no connection. */
  connect(pid: number): Promise<void>;
  /** Ends the connection; called when there is none, it does nothing. */
  disconnect(): Promise<void>;
  /** The connection stays when this process ends. */
  leave(): void;
}

/**
 * Reads what network a container is to be connected to (/etc/cni/net.d); undefined where it wants none.
 * @throws KindError 'failed precondition' where none is configured
 */
export function prepareNetwork(
  client: Client,
  container: Container,
  signal: AbortSignal,
): Network | undefined {
  if (!wantsNetwork(container)) return undefined;
  const configured = configuredNetwork(cniPlaces.configs);
  const { address, namespace } = client;
  const owner = { namespace, id: container.id };
  let forget: (() => void) | undefined;
  const leave = (): void => {
    forget?.();
    forget = undefined;
  };
  return {
    leave,
    connect: async (pid) => {
      const netns = `/proc/${pid}/ns/net`;
      refuseOurs(netns);
      forget = note({ kind: 'network', address, ...owner });
      await connect(configured, owner, netns, signal);
    },
    disconnect: async () => {
      if (!forget) return;
      // What a plugin cannot undo now, it will not be asked again each time: the kept result is there for a delete.
      leave();
      await disconnect(owner, configured.network);
    },
  };
}

/**
 * Plugins would change the addresses and routes of the machine.
 * @throws KindError 'failed precondition' where the network namespace is this process's own
 */
function refuseOurs(netns: string): void {
  const inode = (path: string): bigint | undefined =>
    statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
  if (inode(netns) !== inode('/proc/self/ns/net')) return;
  throw new KindError('failed precondition', "the container is in the machine's own network namespace", {
    hint: 'leave out --cni, or give it a network namespace',
  });
}

async function connect(
  { network, text }: ConfiguredNetwork,
  owner: NetworkOwner,
  netns: string,
  signal: AbortSignal,
): Promise<void> {
  const containerId = idOf(owner);
  let result: Json | undefined;
  for (const plugin of network.plugins) {
    const input = formatJson(pluginInput(network, plugin, result), { escapeHtml: false });
    result = await called(network, plugin, 'add', () =>
      runPlugin({
        command: 'ADD',
        type: plugin.type,
        containerId,
        netns,
        interfaceName,
        input,
        programs: cniPlaces.programs,
        signal,
      }),
    );
  }
  keepResult(resultFile(cniPlaces.results, network.name, containerId, interfaceName), {
    containerId,
    interfaceName,
    network: network.name,
    netns,
    text,
    result: formatJson(result ?? new Map(), { escapeHtml: false }),
  });
}

/**
 * Ends the connections of a container, as they were configured when they were made; `network` is the one that it may have
 * been on the way to. All plugins are called, whatever one of them says.
 * @throws KindError the first failure
 */
export async function disconnect(owner: NetworkOwner, network?: CniNetwork): Promise<void> {
  const kept = keptResults(cniPlaces.results, idOf(owner));
  const pending: readonly Omit<Connection, 'file'>[] =
    kept.length === 0 && network ? [{ network, interfaceName, result: undefined }] : kept;
  const failures: unknown[] = [];
  for (const connection of pending) {
    for (const plugin of connection.network.plugins.toReversed()) {
      await removeBy(plugin, connection, idOf(owner)).catch((error: unknown) => failures.push(error));
    }
    if (failures.length === 0 && 'file' in connection) forgetResult((connection as Connection).file);
  }
  if (failures.length > 0) throw failures[0];
}

/** Ends the connection that a process which was killed had begun to make, or held. What fails is left. */
export async function disconnectOrphan(owner: NetworkOwner): Promise<void> {
  try {
    await disconnect(owner, configuredNetwork(cniPlaces.configs).network);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
  }
}

async function removeBy(
  plugin: CniPlugin,
  { network, interfaceName: name, result }: Omit<Connection, 'file'>,
  containerId: string,
): Promise<void> {
  const input = pluginInput(network, plugin, givesResultBack(network) ? result : undefined);
  await called(network, plugin, 'delete', () =>
    runPlugin({
      command: 'DEL',
      type: plugin.type,
      containerId,
      netns: '',
      interfaceName: name,
      input: formatJson(input, { escapeHtml: false }),
      programs: cniPlaces.programs,
      signal: AbortSignal.timeout(disconnectLimit),
    }),
  );
}

async function called<T>(
  network: CniNetwork,
  { type }: CniPlugin,
  what: 'add' | 'delete',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KindError) || error.kind === 'canceled') throw error;
    throw prefixed(
      `plugin type=${JSON.stringify(type)} name=${JSON.stringify(network.name)} failed (${what})`,
      error,
    );
  }
}

/** As ctr names a container to plugins. */
const idOf = ({ namespace, id }: NetworkOwner): string => `${namespace}-${id}`;
