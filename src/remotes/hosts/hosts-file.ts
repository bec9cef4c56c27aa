import { resolve } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';
import { DurationError, parseDuration } from '../../oci/duration.js';
import { KindError } from '../../oci/errors.js';
import { allCapabilities, type Capability } from './registry-host.js';

/** A host's table in a hosts.toml, read but with no file behind it opened. */
export interface HostEntry {
  /** Absent where the root names no `server`: the registry itself. */
  readonly server?: { readonly scheme: 'http' | 'https'; readonly host: string; readonly path: string };
  readonly capabilities: ReadonlySet<Capability>;
  readonly ca: readonly string[];
  /** Certificate and key; the key's file is empty where one file holds both. */
  readonly client: readonly (readonly [cert: string, key: string])[];
  readonly skipVerify?: boolean;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly dialTimeoutMs?: number;
}

/**
 * Reads a hosts.toml: its `[host."…"]` tables in the file's order, then the root (containerd docs/hosts.md).
 * Unlike containerd, which goes on without a file that it cannot read, this fails: a mirror that was asked for
 * must not be left out in silence.
 * @param directory what relative certificate paths are relative to
 * @throws KindError 'invalid argument', naming file and key
 */
export function parseHostsFile(text: string, file: string, directory: string): readonly HostEntry[] {
  const fail = (where: string, why: string) =>
    new KindError('invalid argument', `failed to decode ${file}: ${where === '' ? '' : `${where}: `}${why}`);
  const root = parseToml(text, (why) => fail('', why));
  const hosts = Object.hasOwn(root, 'host') ? root['host'] : {};
  if (!isTable(hosts)) throw fail('host', 'not a table');
  const entries = Object.entries(hosts).map(([name, table]) => {
    const where = `host.${JSON.stringify(name)}`;
    if (!isTable(table)) throw fail(where, 'not a table');
    return readEntry(name, table, directory, (key, why) => fail(`${where}${key && `.${key}`}`, why));
  });
  const server = root['server'] ?? '';
  if (typeof server !== 'string') throw fail('server', 'not a string');
  return [...entries, readEntry(server, root, directory, (key, why) => fail(key || 'server', why))];
}

type Fail = (key: string, why: string) => KindError;

function parseToml(text: string, fail: (why: string) => KindError): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    throw fail(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
  }
}

function readEntry(name: string, table: TomlTable, directory: string, fail: Fail): HostEntry {
  const absolute = (path: string) => resolve(directory, path);
  const override = table['override_path'] ?? false;
  if (typeof override !== 'boolean') throw fail('override_path', 'not true or false');
  const skipVerify = table['skip_verify'];
  if (skipVerify !== undefined && typeof skipVerify !== 'boolean')
    throw fail('skip_verify', 'not true or false');
  const dialTimeoutMs = readTimeout(table['dial_timeout'] ?? '', fail);
  return {
    ...(name === '' ? {} : { server: readServer(name, override, fail) }),
    capabilities: readCapabilities(table['capabilities'], fail),
    ca: stringList(table['ca'], 'ca', fail).map(absolute),
    client: readClient(table['client'], fail).map(([cert, key]) => [absolute(cert), key && absolute(key)]),
    headers: readHeaders(table['header'], fail),
    ...(skipVerify === undefined ? {} : { skipVerify }),
    ...(dialTimeoutMs === undefined ? {} : { dialTimeoutMs }),
  };
}

/** Milliseconds; undefined for an empty text. */
function readTimeout(value: unknown, fail: Fail): number | undefined {
  if (value === '') return undefined;
  try {
    const nanoseconds = typeof value === 'string' ? parseDuration(value) : -1n;
    if (nanoseconds >= 0n) return Number(nanoseconds) / 1e6;
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
  }
  throw fail('dial_timeout', `not a duration such as "30s"`);
}

function readServer(name: string, override: boolean, fail: Fail): NonNullable<HostEntry['server']> {
  const written = name.startsWith('http') ? name : `https://${name}`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined) throw fail('', 'not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw fail('', 'neither http nor https');
  if (url.username !== '' || url.password !== '') throw fail('', 'a URL here cannot hold a user or password');
  // The host is kept as written, for URL drops a default port that `?ns=` and the directory names compare.
  const host = /^https?:\/\/([^/?#]*)/i.exec(written)?.[1] ?? url.host;
  const path = url.pathname.replace(/\/+$/, '');
  const complete = override || path.endsWith('/v2');
  return { scheme: url.protocol === 'http:' ? 'http' : 'https', host, path: complete ? path : `${path}/v2` };
}

function readCapabilities(value: unknown, fail: Fail): ReadonlySet<Capability> {
  const names = stringList(value, 'capabilities', fail).map((name) => name.toLowerCase());
  const unknown = names.find((name) => !allCapabilities.has(name as Capability));
  if (unknown !== undefined) throw fail('capabilities', `unknown capability ${unknown}`);
  return names.length === 0 ? allCapabilities : new Set(names as Capability[]);
}

function readClient(value: unknown, fail: Fail): readonly (readonly [string, string])[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return entries.map((entry) => {
    if (typeof entry === 'string') return [entry, ''];
    const [cert, key, ...rest] = stringList(entry, 'client', fail);
    if (cert === undefined || key === undefined || rest.length > 0)
      throw fail('client', 'not a pair of files');
    return [cert, key];
  });
}

function readHeaders(value: unknown, fail: Fail): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  if (!isTable(value)) throw fail('header', 'not a table');
  return Object.entries(value).flatMap(([name, values]) =>
    stringList(values, `header.${name}`, fail).map((text) => {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw fail(`header.${name}`, 'not a header name');
      if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw fail(`header.${name}`, 'not a header value');
      return [name, text] as const;
    }),
  );
}

function stringList(value: unknown, key: string, fail: Fail): readonly string[] {
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((item) => typeof item === 'string')) throw fail(key, 'not a string or a list of strings');
  return list;
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
