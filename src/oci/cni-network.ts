import { KindError } from './errors.js';
import { decodeJson, type Json, type JsonMap } from './json-decode.js';

/** A network of a CNI configuration: plugins that are called one after another. */
export interface CniNetwork {
  readonly name: string;
  readonly cniVersion: string;
  readonly plugins: readonly CniPlugin[];
}

/** A plugin of a network, and what its configuration says. */
export interface CniPlugin {
  /** The name of its program. */
  readonly type: string;
  readonly config: JsonMap;
}

const nameShape = /^[a-z0-9][\w.-]*$/i;

/**
 * Reads a CNI configuration: a list of plugins (`.conflist`), or a single one, which is a list of one.
 * @param file its name, for errors
 * @throws KindError 'invalid argument' in the words of ctr's CNI library
 */
export function decodeCniNetwork(text: string, file: string): CniNetwork {
  const isList = file.endsWith('.conflist');
  const [what, kind] = isList ? ['config list file', 'configuration list'] : ['config file', 'configuration'];
  const fail = (reason: string, cause?: unknown): KindError =>
    invalid(`failed to load CNI ${what} ${file}: error parsing ${kind}: ${reason}`, cause);
  let document: Json;
  try {
    document = decodeJson(text);
  } catch (cause) {
    throw fail((cause as Error).message, cause);
  }
  if (!(document instanceof Map)) throw fail('it has to be a JSON object');
  const object = document as JsonMap;
  const name = textOf(object, 'name');
  if (!nameShape.test(name)) {
    throw fail(name === '' ? 'no name' : `invalid characters found in network name: ${JSON.stringify(name)}`);
  }
  const given = isList ? object.get('plugins') : [object];
  const plugins = Array.isArray(given) ? (given as readonly Json[]) : [];
  if (plugins.length === 0) throw invalid(`CNI config list ${file} has no networks`);
  return {
    name,
    cniVersion: textOf(object, 'cniVersion'),
    plugins: plugins.map((plugin) => decodePlugin(plugin, file)),
  };
}

function decodePlugin(plugin: Json, file: string): CniPlugin {
  const config = plugin instanceof Map ? (plugin as JsonMap) : new Map<string, Json>();
  const type = textOf(config, 'type');
  if (type === '') throw invalid(`network type not found in ${file}`);
  if (type.includes('/')) throw invalid(`invalid plugin name: ${type}`);
  return { type, config };
}

/** What a plugin reads on its stdin: its configuration with the network's name and version, and the result before it. */
export function pluginInput(network: CniNetwork, plugin: CniPlugin, previous: Json | undefined): JsonMap {
  return new Map<string, Json>([
    ...plugin.config,
    ['name', network.name],
    ['cniVersion', network.cniVersion],
    ...(previous === undefined ? [] : [['prevResult', previous] as const]),
  ]);
}

/** Whether plugins are given the result again when they disconnect: from 0.4.0 on. */
export function givesResultBack({ cniVersion }: CniNetwork): boolean {
  const [major = 0, minor = 0] = cniVersion.split('.').map(Number);
  return major > 0 || minor >= 4;
}

function textOf(object: JsonMap, key: string): string {
  const value = object.get(key);
  return typeof value === 'string' ? value : '';
}

function invalid(message: string, cause?: unknown): KindError {
  return new KindError('invalid argument', `${message}: invalid cni config`, {
    cause,
    hint: 'correct the file, or take it away',
  });
}
