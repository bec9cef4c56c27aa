import { open } from 'node:fs/promises';
import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { readInput } from '../../cio/input-source.js';
import { KindError } from '../../oci/errors.js';
import { fileProblem } from './file-problem.js';

const chunkSize = 256 * 1024;

/** The bytes of an archive: of a file, or of a descriptor such as 0. They end where the signal aborts. */
export function archiveBytes(
  source: string | number,
  signal: AbortSignal,
): Promise<AsyncGenerator<Uint8Array>> {
  return typeof source === 'number'
    ? Promise.resolve(descriptorBytes(source, signal))
    : fileBytes(source, signal);
}

async function fileBytes(path: string, signal: AbortSignal): Promise<AsyncGenerator<Uint8Array>> {
  const handle = await open(path).catch((error: unknown) => {
    throw fileProblem('open', path, error);
  });
  return (async function* () {
    try {
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(chunkSize), 0, chunkSize);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      throw (error as NodeJS.ErrnoException).syscall === undefined ? error : fileProblem('read', path, error);
    } finally {
      await handle.close();
    }
  })();
}

/** A pipe may stay silent for long: waiting for its next byte ends with the signal. */
async function* descriptorBytes(fd: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let deliver = (_: Delivery): void => undefined;
  let next = new Promise<Delivery>((resolve) => (deliver = resolve));
  const reading = readInput(
    fd,
    (chunk) =>
      new Promise<void>((taken) => {
        deliver({ chunk: Buffer.from(chunk), taken });
      }),
  );
  const ended = reading.done.then(() => undefined);
  ended.catch(() => undefined); // told of by the race below
  const stop = (): void => reading.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const delivery = await Promise.race([next, ended]);
      signal.throwIfAborted();
      if (!delivery) return;
      next = new Promise<Delivery>((resolve) => (deliver = resolve));
      yield delivery.chunk;
      delivery.taken();
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined
      ? error
      : fileProblem('read', 'standard input', error);
  } finally {
    signal.removeEventListener('abort', stop);
    reading.cancel();
  }
}

interface Delivery {
  readonly chunk: Uint8Array;
  readonly taken: () => void;
}

/** How bytes are compressed, by their first ones. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** Bytes that {@link detectCompression} looks at. */
export const magicLength = 4;

/** Tells a compressed stream by its first bytes. */
export function detectCompression(head: Uint8Array): Compression {
  const starts = (...magic: readonly number[]): boolean => magic.every((byte, at) => head[at] === byte);
  if (starts(0x1f, 0x8b, 0x08)) return 'gzip';
  return starts(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : 'none';
}

/** The bytes, decompressed where they are gzip's or zstd's. @throws KindError naming `what` */
export async function* decompressed(
  bytes: AsyncIterable<Uint8Array>,
  what: string,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  try {
    for (let length = 0; length < magicLength;) {
      const next = await iterator.next();
      if (next.done) break;
      first.push(next.value);
      length += next.value.length;
    }
    const whole = joined(first, iterator);
    const compression = detectCompression(
      Buffer.concat(first.map((chunk) => chunk.subarray(0, magicLength))),
    );
    yield* compression === 'none' ? whole : through(whole, decompressor(compression, what), what);
  } finally {
    await iterator.return?.();
  }
}

async function* joined(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}

async function* through(
  bytes: AsyncIterable<Uint8Array>,
  transform: Transform,
  what: string,
): AsyncGenerator<Uint8Array> {
  const out = pipeline(Readable.from(bytes, { objectMode: false }), transform, () => undefined);
  try {
    for await (const chunk of out) yield chunk as Uint8Array;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!/^(?:Z_|ZSTD)/.test(code)) throw error;
    const cut = code === 'Z_BUF_ERROR' ? 'unexpected EOF: it is cut short' : message;
    throw new KindError('invalid argument', `cannot decompress ${what}: ${cut}`, { cause: error });
  }
}

/** Node.js has zstd from 22.15 on. */
interface WithZstd {
  createZstdDecompress?: (options: { chunkSize: number }) => Transform;
}

function decompressor(compression: 'gzip' | 'zstd', what: string): Transform {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize });
  const create = (zlib as WithZstd).createZstdDecompress;
  if (create) return create({ chunkSize });
  throw new KindError(
    'not implemented',
    `${what} is compressed with zstd, which Node.js ${process.version} cannot read`,
    { hint: 'use Node.js 22.15 or later' },
  );
}
