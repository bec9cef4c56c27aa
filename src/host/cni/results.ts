import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CniNetwork, decodeCniNetwork } from '../../oci/cni-network.js';
import { decodeJson, type Json, type JsonMap } from '../../oci/json-decode.js';

/** A connection that stands: the network as it was configured then, and what its plugins answered. */
export interface Connection {
  readonly network: CniNetwork;
  readonly interfaceName: string;
  readonly result: Json | undefined;
  /** Where this is kept. */
  readonly file: string;
}

const kind = 'cniCacheV1';

/** The file that a connection is kept in, as CNI's library names it. */
export function resultFile(
  folder: string,
  network: string,
  containerId: string,
  interfaceName: string,
): string {
  return join(folder, `${network}-${containerId}-${interfaceName}`);
}

/** Keeps a connection; `text` is the list that the network was read from, `result` JSON. */
export function keepResult(
  file: string,
  kept: {
    readonly containerId: string;
    readonly interfaceName: string;
    readonly network: string;
    readonly netns: string;
    readonly text: string;
    readonly result: string;
  },
): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const { containerId, interfaceName, network, netns, text, result } = kept;
  const head = JSON.stringify({
    kind,
    containerId,
    config: Buffer.from(text).toString('base64'),
    ifName: interfaceName,
    networkName: network,
    netns,
  });
  const draft = `${file}.${process.pid}`;
  // The result is put in as it is: it may have numbers that JavaScript has not.
  writeFileSync(draft, `${head.slice(0, -1)},"result":${result}}`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The connections of a container that are kept, ctr's as well. */
export function keptResults(folder: string, containerId: string): readonly Connection[] {
  return names(folder)
    .filter((name) => name.includes(`-${containerId}-`))
    .flatMap((name) => {
      const found = read(join(folder, name));
      return found && found.containerId === containerId ? [found.connection] : [];
    });
}

function read(
  file: string,
): { readonly containerId: Json | undefined; readonly connection: Connection } | undefined {
  try {
    const kept = decodeJson(readFileSync(file)) as JsonMap;
    const config = Buffer.from(kept.get('config') as string, 'base64').toString();
    const connection = {
      network: decodeCniNetwork(config, `${file}.conflist`),
      interfaceName: kept.get('ifName') as string,
      result: kept.get('result'),
      file,
    };
    return { containerId: kept.get('containerId'), connection };
  } catch {
    return undefined; // not of this kind, or gone meanwhile
  }
}

/** Forgets a connection. */
export function forgetResult(file: string): void {
  rmSync(file, { force: true });
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nobody has connected anything
  }
}
