import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KindError } from '../../oci/errors.js';
import { errorCode, goFileError } from '../go-file-error.js';
import type { HostEntry } from './hosts-file.js';
import { maxConfigFile } from '../limits.js';
import { allCapabilities } from './registry-host.js';

/**
 * Reads what a hosts directory says of a registry: hosts.toml, or docker's `*.crt`, `*.cert` and `.key`.
 * Undefined if it says nothing.
 * @param registry `host[:port]`
 * @throws KindError 'invalid argument' naming the file
 */
export async function readHostsDirectory(
  root: string,
  registry: string,
): Promise<readonly HostEntry[] | undefined> {
  const directory = await findDirectory(root, registry);
  if (directory === undefined) return undefined;
  const file = join(directory, 'hosts.toml');
  const text = await readBounded(file);
  if (text === undefined || text === '') return readCertificateLayout(directory);
  const { parseHostsFile } = await import('./hosts-file.js');
  return parseHostsFile(text, file, directory);
}

/** Names that a registry's directory can have, the best first (containerd `hostPaths`). */
export function hostDirectoryNames(registry: string): readonly string[] {
  // A reference's host is no path, but `..` would be one here.
  const own = /^\.*$|\//.test(registry) ? [] : [registry];
  const colon = registry.lastIndexOf(':');
  const portable = colon > 0 ? [`${registry.slice(0, colon)}_${registry.slice(colon + 1)}_`] : [];
  return [...portable, ...own, '_default'];
}

async function findDirectory(root: string, registry: string): Promise<string | undefined> {
  for (const name of hostDirectoryNames(registry)) {
    const path = join(root, name);
    try {
      await stat(path);
      return path;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw goFileError('', path, error);
    }
  }
  return undefined;
}

async function readBounded(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maxConfigFile)
        throw new KindError('invalid argument', `${file} is larger than ${maxConfigFile} bytes`);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error instanceof KindError ? error : goFileError('', file, error);
  }
}

/** docker's certs.d: every `*.crt` is a root, every `x.cert` has its `x.key` beside it. */
async function readCertificateLayout(directory: string): Promise<readonly HostEntry[]> {
  const names = (await list(directory)).sort();
  const path = (name: string) => join(directory, name);
  const client = names
    .filter((name) => name.endsWith('.cert'))
    .map((cert) => {
      const key = `${cert.slice(0, -'.cert'.length)}.key`;
      if (names.includes(key)) return [path(cert), path(key)] as const;
      throw new KindError(
        'invalid argument',
        `missing key ${path(key)} for client certificate ${path(cert)}`,
      );
    });
  const ca = names.filter((name) => name.endsWith('.crt')).map(path);
  return [{ capabilities: allCapabilities, ca, client, headers: [] }];
}

async function list(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    throw goFileError('', directory, error);
  }
}

/** Reads a PEM file that a hosts directory names. */
export async function readPem(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw goFileError(`unable to read ${what} ${JSON.stringify(file)}: `, file, error);
  }
}
