import { Readable } from 'node:stream';
import type { Answer } from '../http/answer.js';

/** The body's Content-Encoding, lower case; empty for none. */
export function encodingOf({ headers }: Answer): string {
  return (headers.get('content-encoding') ?? '').trim().toLowerCase();
}

/** Tells whether {@link decodedBody} can undo an encoding. */
export function canDecode(encoding: string): boolean {
  return ['', 'identity', 'gzip', 'x-gzip'].includes(encoding);
}

/** Tells whether offsets in the body are offsets in the content. */
export function isIdentity(answer: Answer): boolean {
  return ['', 'identity'].includes(encodingOf(answer));
}

/**
 * A body as the content it stands for. Identity was asked for; gzip, which some proxies add all the same, is undone as it
 * streams, so that whoever counts the bytes counts the decoded ones.
 */
export function decodedBody(answer: Answer): AsyncIterable<Uint8Array> {
  return isIdentity(answer) ? answer.body : gunzip(answer);
}

async function* gunzip(answer: Answer): AsyncGenerator<Uint8Array> {
  const { createGunzip } = await import('node:zlib');
  const source = Readable.from(answer.body, { objectMode: false });
  const plain = source.pipe(createGunzip());
  source.on('error', (error) => plain.destroy(error));
  try {
    yield* plain as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
    plain.destroy();
  }
}
