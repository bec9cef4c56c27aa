import { createTarDecoder } from 'modern-tar';
import { TarEnd } from '../../oci/archive/tar-end.js';
import { tarEnd } from '../../oci/archive/tar-header.js';
import { KindError } from '../../oci/errors.js';

/** A member of an archive that is read. */
export interface TarMember {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'symlink' | 'hard link' | 'other';
  readonly size: bigint;
  /** What a link leads to, as it is written. */
  readonly target: string;
  /** Permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modified: Date;
  /** The member's bytes; what is not read of them is passed over with the next member. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const types: Readonly<Record<string, TarMember['type']>> = {
  file: 'file',
  directory: 'folder',
  symlink: 'symlink',
  link: 'hard link',
};

/**
 * Reads an archive member by member: USTAR, PAX and GNU names, members of any size, in bounded memory. Header
 * checksums are verified; an archive that ends within a member or a header is an error, a missing end mark is none.
 * @throws KindError 'invalid argument' naming what is wrong
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const source = new CountedBytes(bytes);
  const entries = ReadableStream.from(source).pipeThrough(createTarDecoder({ strict: true }));
  const reader = entries.getReader();
  const told = (error: unknown): unknown => (isTarError(error) ? problem(error, source.count) : error);
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return;
      const { header, body } = next.value;
      const size = header.size;
      if (!Number.isSafeInteger(size) || size < 0)
        throw invalidHeader(`the size of ${JSON.stringify(header.name)}`);
      yield {
        name: header.name,
        type: types[header.type ?? 'file'] ?? 'other',
        size: BigInt(size),
        target: header.linkname ?? '',
        mode: (header.mode ?? 0o644) & 0o7777,
        uid: header.uid ?? 0,
        gid: header.gid ?? 0,
        modified: header.mtime ?? new Date(0),
        bytes: bodyBytes(body, told),
      };
      await passOver(body);
    }
  } catch (error) {
    throw told(error);
  } finally {
    await reader.cancel(new Error('reading has ended')).catch(() => undefined);
  }
}

/** The archive's bytes, counted as they pass; an end mark is added where only that is missing. */
class CountedBytes implements AsyncIterable<Uint8Array> {
  count = 0n;

  constructor(private readonly bytes: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const end = new TarEnd();
    for await (const chunk of this.bytes) {
      this.count += BigInt(chunk.length);
      end.push(chunk);
      yield chunk;
    }
    // GNU tar and Go read an archive without its end mark; what counts is that no member is cut.
    if (end.atBoundary && this.count > 0n) yield tarEnd;
  }
}

/** A member's bytes. Whoever reads them may be the first to hear what is wrong with the archive. */
async function* bodyBytes(
  body: ReadableStream<Uint8Array>,
  told: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body.values({ preventCancel: true })) yield chunk;
  } catch (error) {
    throw told(error);
  }
}

/**
 * What is left of a member is read, not cancelled: modern-tar takes the cancelling of a body for that of the member
 * that it reads meanwhile, and that one's bytes would never come.
 */
async function passOver(body: ReadableStream<Uint8Array>): Promise<void> {
  if (body.locked) return;
  const reader = body.getReader();
  while (!(await reader.read()).done);
}

/** modern-tar's own errors are plain ones; the others are not about the archive. */
function isTarError(error: unknown): error is Error {
  return (
    error instanceof Error && !(error instanceof KindError) && error.name === 'Error' && !('code' in error)
  );
}

/** What is wrong is told of the archive, not of a member: which one was under way when it showed is left to chance. */
function problem(error: Error, count: bigint): KindError {
  if (/truncated/i.test(error.message)) {
    return new KindError('invalid argument', `unexpected EOF: the archive ends after ${count} bytes`, {
      cause: error,
      hint: 'it was cut short on its way here',
    });
  }
  return invalidHeader(error.message.replace(/\.$/, '').toLowerCase(), error);
}

function invalidHeader(what: string, cause?: Error): KindError {
  return new KindError('invalid argument', `archive/tar: invalid tar header: ${what}`, {
    cause,
    hint: 'it is no tar archive, or a damaged one',
  });
}
