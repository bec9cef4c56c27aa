import { Readable } from 'node:stream';
import { RemoteError } from './errors.js';
import type { Answer } from './answer.js';

/**
 * A body as the content it stands for. Identity was asked for; gzip, which some proxies add all the same, is undone as it
 * streams, so that whoever counts the bytes counts the decoded ones.
 * @throws RemoteError 'not implemented' for other encodings
 */
export function decodedBody(answer: Answer): AsyncIterable<Uint8Array> {
  const encoding = (answer.headers.get('content-encoding') ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return answer.body;
  if (encoding === 'gzip' || encoding === 'x-gzip') return gunzip(answer);
  throw new RemoteError('not implemented', `unsupported Content-Encoding algorithm: ${encoding.slice(0, 64)}`);
}

/** Tells whether offsets in the body are offsets in the content. */
export function isIdentity(answer: Answer): boolean {
  return /^\s*(?:identity)?\s*$/i.test(answer.headers.get('content-encoding') ?? '');
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
