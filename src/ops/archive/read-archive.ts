import { posix } from 'node:path';
import type { Client } from '../../client/client.js';
import { cleanMember, digestOfPath, members } from '../../oci/archive/names.js';
import { KindError, prefixed } from '../../oci/errors.js';
import { storeKnown, storeUnknown, type StoredMember } from './ingest-member.js';
import { readTar, type TarMember } from './read-tar.js';

/** An archive whose blobs are in the content store. */
export interface ReadArchive {
  /** The documents that say what the blobs are, as far as they are there. */
  readonly layout?: Uint8Array;
  readonly index?: Uint8Array;
  readonly dockerManifest?: Uint8Array;
  /** The member of a name, links followed. */
  readonly member: (name: string) => StoredMember | undefined;
}

/** Bytes of a document: what containerd takes of a manifest, too. */
const maxDocument = 4 * 1024 * 1024;

/** Members of an archive; each costs some memory. */
const maxMembers = 100_000;

/**
 * Reads an archive from its start to its end: its documents into memory, every other file into the content store.
 * Nothing is written to the file system, so a name that leads out of the archive leads nowhere.
 * @throws KindError naming the member that is wrong
 */
export async function readArchive(
  client: Client,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<ReadArchive> {
  const stored = new Map<string, StoredMember>();
  const links = new Map<string, string>();
  const documents = new Map<string, Uint8Array>();
  let count = 0;
  for await (const member of readTar(bytes)) {
    signal.throwIfAborted();
    if (++count > maxMembers) {
      throw new KindError('resource exhausted', `the archive has more than ${maxMembers} members`);
    }
    const name = cleanMember(member.name);
    if (name === undefined || name === '') continue;
    const target = linkTarget(name, member);
    if (target !== undefined) links.set(name, target);
    if (member.type !== 'file') continue;
    if (isDocument(name)) documents.set(name, await readDocument(name, member));
    else stored.set(name, await storeMember(client, name, member, signal));
  }
  const [layout, index, dockerManifest] = [members.layout, members.index, members.dockerManifest].map(
    (name) => documents.get(name),
  );
  return {
    ...(layout && { layout }),
    ...(index && { index }),
    ...(dockerManifest && { dockerManifest }),
    member: (name) => stored.get(follow(name, links)),
  };
}

function isDocument(name: string): boolean {
  return name === members.layout || name === members.index || name === members.dockerManifest;
}

/** docker links a layer that two images share; a hard link names a member, a symbolic one a path from its folder. */
function linkTarget(name: string, { type, target }: TarMember): string | undefined {
  if (type === 'symlink') return cleanMember(posix.join(posix.dirname(name), target));
  return type === 'hard link' ? cleanMember(target) : undefined;
}

function follow(name: string, links: ReadonlyMap<string, string>): string {
  let at = cleanMember(name) ?? name;
  for (let steps = 0; steps < 10; steps++) at = links.get(at) ?? at;
  return at;
}

async function readDocument(name: string, { size, bytes }: TarMember): Promise<Uint8Array> {
  if (size > BigInt(maxDocument)) {
    throw new KindError('resource exhausted', `${name} of the archive claims ${size} bytes`, {
      hint: `tctr reads at most ${maxDocument} of such a file`,
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function storeMember(
  client: Client,
  name: string,
  { size, bytes }: TarMember,
  signal: AbortSignal,
): Promise<StoredMember> {
  const digest = digestOfPath(name);
  let lost: unknown; // of the archive, not of this member
  const member = { client, bytes: watched(bytes, (error) => (lost = error)), size, signal };
  try {
    return await (digest === undefined ? storeUnknown(member) : storeKnown({ ...member, digest }));
  } catch (error) {
    if (error === lost) throw error;
    throw prefixed(`failed to ingest ${JSON.stringify(name)}`, error);
  }
}

async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    onError(error);
    throw error;
  }
}
