import { basename, dirname, join } from 'node:path';
import { KindError } from '../oci/errors.js';
import { decodeJson, type Json, type JsonMap } from '../oci/json-decode.js';
import { optionalBoolean, optionalObject, optionalString, requireObject } from '../oci/json-fields.js';
import { readBoundedFile } from './bounded-file.js';

/** What dockerd keeps of a container beside containerd's record. */
export interface DockerRecord {
  /** Without docker's leading slash. */
  readonly name: string;
  /** As the user gave it. */
  readonly image: string;
  readonly paused: boolean;
  readonly exitCode: number;
  /** RFC3339. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** `0.0.0.0:80->80/tcp`. */
  readonly ports: readonly string[];
  /** The file of the json-file log driver; undefined for another driver. */
  readonly log: string | undefined;
}

/** Bytes. */
const maxRecord = 1 << 20;

const none: JsonMap = new Map();

/**
 * Reads dockerd's record of a container from the folder that /etc/hostname is mounted from. The path comes
 * out of a spec that anybody could have written: it must be `…/<id>/hostname`, and its record must name the id.
 * @returns undefined where there is none, or none to trust
 */
export function readDockerRecord(id: string, hostnameSource: string): DockerRecord | undefined {
  const dir = dirname(hostnameSource);
  if (!hostnameSource.startsWith('/') || basename(hostnameSource) !== 'hostname' || basename(dir) !== id)
    return undefined;
  const bytes = readBoundedFile(join(dir, 'config.v2.json'), maxRecord);
  if (!bytes) return undefined;
  try {
    return decodeDockerRecord(bytes, id, dir);
  } catch (error) {
    if (error instanceof KindError) return undefined; // not docker's document after all
    throw error;
  }
}

/** Decodes a config.v2.json. @throws KindError 'invalid argument' */
export function decodeDockerRecord(bytes: Uint8Array, id: string, dir: string): DockerRecord | undefined {
  const record = requireObject(decodeJson(bytes, { maxBytes: maxRecord }), 'record');
  if (optionalString(record, 'ID') !== id) return undefined;
  const config = optionalObject(record, 'Config') ?? none;
  const state = optionalObject(record, 'State') ?? none;
  const logged = optionalString(record, 'LogPath') ?? '';
  const exitCode = state.get('ExitCode');
  return {
    name: (optionalString(record, 'Name') ?? '').replace(/^\//, ''),
    image: optionalString(config, 'Image') ?? '',
    paused: optionalBoolean(state, 'Paused'),
    exitCode: typeof exitCode === 'bigint' ? Number(exitCode) : 0,
    startedAt: optionalString(state, 'StartedAt') ?? '',
    finishedAt: optionalString(state, 'FinishedAt') ?? '',
    ports: publishedPorts(optionalObject(record, 'NetworkSettings')),
    log: basename(logged) === `${id}-json.log` ? join(dir, `${id}-json.log`) : undefined,
  };
}

function publishedPorts(settings: JsonMap | undefined): string[] {
  const ports = settings && optionalObject(settings, 'Ports');
  return [...(ports ?? [])].flatMap(([port, bindings]) => {
    const published = (Array.isArray(bindings) ? (bindings as readonly Json[]) : []).map((binding) => {
      const object = requireObject(binding, 'binding');
      const address = optionalString(object, 'HostIp') ?? '';
      const host = address.includes(':') ? `[${address}]` : address;
      return `${host}:${optionalString(object, 'HostPort') ?? ''}->${port}`;
    });
    return published.length > 0 ? published : [port];
  });
}
