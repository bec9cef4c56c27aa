import { createHash } from 'node:crypto';
import type { Client } from '../../client/client.js';
import type { Descriptor, Platform } from '../../oci/descriptor.js';
import { digestAlgorithm, type Digest } from '../../oci/digest.js';
import { KindError } from '../../oci/errors.js';
import { tarEnd, tarHeader, tarPadding, type TarEntry } from '../../oci/archive/tar-header.js';
import { blobPath, members } from '../../oci/archive/names.js';
import { isForeignLayer } from '../../oci/media-types.js';
import { collectImages } from './collect-images.js';
import { dockerIndexDocument, indexDocument, layoutDocument } from './documents.js';
import type { ArchiveOutput } from './output-file.js';

/** What to export, and how. */
export interface ExportOptions {
  readonly client: Client;
  readonly images: readonly string[];
  /** Wanted platforms, the best first; none means this machine's own. */
  readonly platforms: readonly Platform[];
  /** The other platforms as well. */
  readonly allPlatforms: boolean;
  readonly skipManifestJson: boolean;
  readonly skipNonDistributable: boolean;
  readonly signal: AbortSignal;
}

/** A member of the archive: bytes at hand, or a blob to be read when its turn comes. */
interface Member {
  readonly entry: TarEntry;
  readonly bytes?: Uint8Array;
  readonly blob?: Descriptor;
}

/** Blobs of at most this many bytes are read before their turn, a few at a time. */
const smallBlob = 64n * 1024n;
const ahead = 8;

/** Bytes that are asked for at a time: grpc-js would hold far more of a long answer than is being written. */
const piece = 4n * 1024n * 1024n;

/**
 * Writes images as one archive, an OCI layout with docker's manifest.json: the members in the order of their names,
 * the same bytes as ctr's. Every blob is verified as it passes.
 */
export async function exportLocal(options: ExportOptions, output: ArchiveOutput): Promise<void> {
  const members = await listMembers(options);
  const reading = new Map<Member, Promise<Uint8Array>>();
  for (const [index, member] of members.entries()) {
    for (const next of members.slice(index, index + ahead)) {
      if (next.blob && next.blob.size <= smallBlob && !reading.has(next)) {
        const bytes = readSmall(options, next.blob);
        bytes.catch(() => undefined); // told of in its turn
        reading.set(next, bytes);
      }
    }
    options.signal.throwIfAborted();
    await output.write(tarHeader(member.entry));
    const small = member.bytes ?? (await reading.get(member));
    reading.delete(member);
    if (small) await output.write(small);
    else if (member.blob) for await (const chunk of readBlob(options, member.blob)) await output.write(chunk);
    await output.write(tarPadding(member.entry.size));
  }
  await output.write(tarEnd);
}

async function listMembers(options: ExportOptions): Promise<readonly Member[]> {
  const { images, blobs, docker } = await collectImages(options);
  const wanted = [...blobs.values()].filter(
    ({ mediaType }) => !options.skipNonDistributable || !isForeignLayer(mediaType),
  );
  const folders = new Set(wanted.map(({ digest }) => `blobs/${digestAlgorithm(digest)}/`));
  const all: Member[] = [
    ...wanted.map((blob) => ({ entry: file(blobPath(blob.digest), 0o444, blob.size), blob })),
    ...(folders.size > 0 ? ['blobs/', ...folders] : []).map((name) => ({ entry: folder(name) })),
    document(members.layout, 0o444, Buffer.from(layoutDocument)),
    document(members.index, 0o644, indexDocument(images, { typed: true })),
    ...(docker.length > 0 ? [document(members.dockerManifest, 0o644, dockerIndexDocument(docker))] : []),
  ];
  return all.sort((a, b) => (a.entry.name < b.entry.name ? -1 : 1));
}

function document(name: string, mode: number, bytes: Uint8Array): Member {
  return { entry: file(name, mode, BigInt(bytes.length)), bytes };
}

function file(name: string, mode: number, size: bigint): TarEntry {
  return { name, mode, size, type: 'file' };
}

function folder(name: string): TarEntry {
  return { name, mode: 0o755, size: 0n, type: 'folder' };
}

async function readSmall(options: ExportOptions, blob: Descriptor): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBlob(options, blob)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A blob's bytes, and an error behind the last one if they are not what digest and size say. */
async function* readBlob({ client, signal }: ExportOptions, blob: Descriptor): AsyncGenerator<Uint8Array> {
  const hash = createHash(digestAlgorithm(blob.digest));
  let size = 0n;
  while (size < blob.size) {
    const left = blob.size - size;
    const part = { offset: size, size: left < piece ? left : piece, signal };
    const before = size;
    for await (const chunk of client.content.read(blob.digest, part)) {
      size += BigInt(chunk.length);
      hash.update(chunk);
      yield chunk;
    }
    if (size === before) break;
  }
  if (size !== blob.size)
    throw corrupt(blob.digest, `it is not the ${blob.size} bytes that its manifest says`);
  const found = `${digestAlgorithm(blob.digest)}:${hash.digest('hex')}`;
  if (found !== blob.digest) throw corrupt(blob.digest, `its bytes have the digest ${found}`);
}

function corrupt(digest: Digest, why: string): KindError {
  return new KindError('data loss', `blob ${digest} of the content store is damaged: ${why}`, {
    hint: `'content delete ${digest}' and a new pull replace it`,
  });
}
