import { KindError } from '../errors.js';
import { parseUint } from './parse-uint.js';
import type { IdMapping, LinuxSpec } from './types.js';
import { withLinux } from './update.js';

/** The user namespace of `--uidmap` and `--gidmap`. */
export interface UserNamespace {
  readonly uidMappings: readonly IdMapping[];
  readonly gidMappings: readonly IdMapping[];
}

/** Parses a `--uidmap` or `--gidmap` value. @throws KindError 'invalid argument' with ctr's text */
export function parseIdMapping(text: string): IdMapping {
  const parts = text.split(':');
  const [containerID, hostID, size] = parts;
  if (containerID === undefined || hostID === undefined || size === undefined || parts.length > 3) {
    const message = 'user namespace mappings require the format `container-id:host-id:size`';
    throw new KindError('invalid argument', message);
  }
  return {
    containerID: parsePart('container id', containerID),
    hostID: parsePart('host id', hostID),
    size: parsePart('size', size),
  };
}

/** Gives the container a user namespace of its own. */
export function withUserNamespace(spec: LinuxSpec, { uidMappings, gidMappings }: UserNamespace): LinuxSpec {
  const namespaces = spec.linux.namespaces ?? [];
  const present = namespaces.some(({ type }) => type === 'user');
  return withLinux(spec, {
    namespaces: present ? namespaces : [...namespaces, { type: 'user' }],
    uidMappings,
    gidMappings,
  });
}

function parsePart(what: string, text: string): number {
  try {
    return Number(parseUint(text, { bits: 32, prefixes: true }));
  } catch (cause) {
    if (!(cause instanceof KindError)) throw cause;
    const message = `invalid ${what} for user namespace remapping: ${cause.message}`;
    throw new KindError('invalid argument', message, { cause });
  }
}
