import type { Platform } from './descriptor.js';
import { decodePlatform } from './descriptor-decode.js';
import { parseDigest, type Digest } from './digest.js';
import { KindError, prefixed } from './errors.js';
import { decodeJson, type JsonMap } from './json-decode.js';
import {
  optionalArray,
  optionalBoolean,
  optionalObject,
  optionalString,
  optionalStringMap,
  optionalStrings,
  requireObject,
} from './json-fields.js';

/** An image's configuration (image-spec, config.md; docker's is alike). */
export interface ImageConfig {
  readonly platform: Platform;
  /** RFC3339, as the image has it. */
  readonly created?: string;
  readonly author?: string;
  readonly process: ImageProcess;
  /** The layers' digests before compression, the base first. */
  readonly diffIds: readonly Digest[];
  readonly history: readonly HistoryEntry[];
}

/** What an image wants a container to run: the config's `config` member. Texts are as the image has them. */
export interface ImageProcess {
  readonly user: string;
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir: string;
  readonly stopSignal: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
}

/** How a layer came to be. */
export interface HistoryEntry {
  readonly created?: string;
  readonly createdBy?: string;
  readonly author?: string;
  readonly comment?: string;
  /** Whether the step made no layer. */
  readonly emptyLayer: boolean;
}

/**
 * Decodes an image's config of at most 4 MiB. Members that are absent are empty, as containerd reads them.
 * @throws KindError 'invalid argument', also for a NUL byte in what becomes a process's arguments
 */
export function decodeImageConfig(content: Uint8Array): ImageConfig {
  try {
    return decodeConfig(requireObject(decodeJson(content), 'it'));
  } catch (error) {
    throw prefixed('image config', error);
  }
}

function decodeConfig(object: JsonMap): ImageConfig {
  const rootfs = optionalObject(object, 'rootfs');
  return {
    platform: decodePlatform(object),
    ...texts(object, { created: 'created', author: 'author' }),
    process: decodeProcess(optionalObject(object, 'config') ?? new Map()),
    diffIds: rootfs ? optionalStrings(rootfs, 'diff_ids').map(parseDigest) : [],
    history: optionalArray(object, 'history').map((entry) => decodeHistory(requireObject(entry, 'history'))),
  };
}

function decodeProcess(config: JsonMap): ImageProcess {
  const process: ImageProcess = {
    user: optionalString(config, 'User') ?? '',
    env: optionalStrings(config, 'Env'),
    entrypoint: optionalStrings(config, 'Entrypoint'),
    cmd: optionalStrings(config, 'Cmd'),
    workingDir: optionalString(config, 'WorkingDir') ?? '',
    stopSignal: optionalString(config, 'StopSignal') ?? '',
    labels: optionalStringMap(config, 'Labels'),
    exposedPorts: [...(optionalObject(config, 'ExposedPorts')?.keys() ?? [])],
    volumes: [...(optionalObject(config, 'Volumes')?.keys() ?? [])],
  };
  const { user, env, entrypoint, cmd, workingDir } = process;
  if ([user, workingDir, ...env, ...entrypoint, ...cmd].some((text) => text.includes('\0'))) {
    throw new KindError('invalid argument', 'a NUL byte in what it wants to run');
  }
  return process;
}

function decodeHistory(entry: JsonMap): HistoryEntry {
  return {
    ...texts(entry, { created: 'created', createdBy: 'created_by', author: 'author', comment: 'comment' }),
    emptyLayer: optionalBoolean(entry, 'empty_layer'),
  };
}

/** Those of the members that are there, under tctr's names for them. */
function texts<Name extends string>(object: JsonMap, names: Readonly<Record<Name, string>>) {
  const found: { [Key in Name]?: string } = {};
  for (const name of Object.keys(names) as Name[]) {
    const text = optionalString(object, names[name]);
    if (text !== undefined) found[name] = text;
  }
  return found;
}
