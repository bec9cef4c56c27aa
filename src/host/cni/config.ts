import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type CniNetwork, decodeCniNetwork } from '../../oci/cni-network.js';
import { KindError } from '../../oci/errors.js';

/** A network, and the text that it was read from. */
export interface ConfiguredNetwork {
  readonly network: CniNetwork;
  /** A list, also where the file has a single plugin. */
  readonly text: string;
}

const extensions = ['.conf', '.conflist', '.json'];

/**
 * The network that containers are connected to: of the first configuration by name.
 * @throws KindError 'failed precondition' where there is none, 'invalid argument' where it is no good
 */
export function configuredNetwork(folder: string): ConfiguredNetwork {
  const [first] = names(folder)
    .filter((name) => extensions.includes(extname(name)))
    .sort();
  if (first === undefined) {
    throw new KindError(
      'failed precondition',
      `no network config found in ${folder}: cni plugin not initialized`,
      { hint: `write one: ${join(folder, '10-NAME.conflist')}` },
    );
  }
  const file = join(folder, first);
  const text = readFileSync(file, 'utf8');
  const network = decodeCniNetwork(text, file);
  return { network, text: first.endsWith('.conflist') ? text : asList(network, text) };
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new KindError('failed precondition', `cannot read ${folder}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function asList({ name, cniVersion }: CniNetwork, plugin: string): string {
  return `{"cniVersion":${JSON.stringify(cniVersion)},"name":${JSON.stringify(name)},"plugins":[${plugin.trim()}]}`;
}
