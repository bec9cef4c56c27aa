import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { KindError } from '../oci/errors.js';
import { goFileError } from './go-file-error.js';
import { type ClientPair, defaultTls, type TlsSettings } from './tls-settings.js';

/** ctr's TLS flags as the user gave them. */
export interface TlsFlags {
  readonly skipVerify?: boolean;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

/**
 * Reads the files of `--tlscacert`, `--tlscert`, `--tlskey` (ctr: cmd/ctr/commands/resolver.go, its error texts).
 * @throws KindError 'invalid argument'
 */
export async function loadTlsFlags({
  skipVerify,
  caFile,
  certFile,
  keyFile,
}: TlsFlags): Promise<TlsSettings> {
  const roots = caFile ? await readRoots(caFile) : undefined;
  const pair = certFile || keyFile ? await readPair(certFile ?? '', keyFile ?? '') : undefined;
  return {
    ...defaultTls,
    skipVerify: skipVerify === true ? 'flag' : 'no',
    clientPairs: pair === undefined ? [] : [pair],
    ...(roots === undefined ? {} : { roots }),
  };
}

/** Tells whether a text holds at least one certificate that can be read, as Go's AppendCertsFromPEM asks. */
export function holdsCertificates(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    // Any reason will do: OpenSSL's errors for a bad PEM vary with its version.
    return false;
  }
}

/** @throws Error in Go's words, or with whatever OpenSSL has against the pair */
export function checkPair({ cert, key }: ClientPair): void {
  for (const [input, pem] of [
    ['certificate', cert],
    ['key', key],
  ] as const) {
    // OpenSSL takes an empty text for no certificate at all.
    if (!pem.includes('-----BEGIN ')) throw new Error(`failed to find any PEM data in ${input} input`);
  }
  createSecureContext({ cert, key });
}

async function readRoots(file: string): Promise<string> {
  const pem = await read(file, `failed to read ${JSON.stringify(file)}: `);
  if (holdsCertificates(pem)) return pem;
  throw new KindError(
    'invalid argument',
    `failed to load TLS CAs from ${JSON.stringify(file)}: invalid data`,
  );
}

async function readPair(certFile: string, keyFile: string): Promise<ClientPair> {
  if (certFile === '' || keyFile === '') {
    throw new KindError('invalid argument', 'flags --tlscert and --tlskey must be set together');
  }
  const names = `cert=${JSON.stringify(certFile)}, key=${JSON.stringify(keyFile)}`;
  const prefix = `failed to load TLS client credentials (${names}): `;
  const pair = { cert: await read(certFile, prefix), key: await read(keyFile, prefix) };
  try {
    checkPair(pair);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KindError('invalid argument', `${prefix}tls: ${reason}`, { cause });
  }
  return pair;
}

async function read(file: string, prefix: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw goFileError(prefix, file, error);
  }
}
