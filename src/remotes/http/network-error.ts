import { getServers } from 'node:dns';
import { isIP } from 'node:net';
import { errorCode } from '../go-file-error.js';
import { NetworkError, type NetworkFault } from '../errors.js';

const dialTexts: ReadonlyMap<string, readonly [NetworkFault, string]> = new Map([
  ['ECONNREFUSED', ['refused', 'connect: connection refused']],
  ['EHOSTUNREACH', ['unreachable', 'connect: no route to host']],
  ['ENETUNREACH', ['unreachable', 'connect: network is unreachable']],
  ['EADDRNOTAVAIL', ['unreachable', 'connect: cannot assign requested address']],
  ['ETIMEDOUT', ['timeout', 'i/o timeout']],
  ['ECONNRESET', ['reset', 'connect: connection reset by peer']],
]);

// OpenSSL's names for "that was no TLS record"; which one comes depends on the bytes and the version.
const notTls: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_UNKNOWN_PROTOCOL',
]);

const resets: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const deadlines: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** A failed connection in Go's words: `dial tcp 127.0.0.1:5999: connect: connection refused`. */
export function dialError(host: string, port: number, cause: unknown): NetworkError {
  const inner = cause instanceof AggregateError ? (cause.errors.at(-1) as unknown) : cause;
  if (inner instanceof NetworkError && inner.fault === 'address') return inner;
  const code = errorCode(inner) ?? '';
  if (code === 'ENOTFOUND') {
    return new NetworkError('name', `dial tcp: lookup ${host}${nameServer()}: no such host`, { cause });
  }
  if (code.startsWith('EAI_')) {
    return new NetworkError('name', `dial tcp: lookup ${host}: Temporary failure in name resolution`, {
      cause,
    });
  }
  const [fault, text] = dialTexts.get(code) ?? ['other', messageOf(inner)];
  const address = field(inner, 'address') ?? host;
  const shown = address.includes(':') ? `[${address}]` : address;
  return new NetworkError(fault, `dial tcp ${shown}:${port}: ${text}`, { cause });
}

/** A failed TLS handshake in Go's words, with what the user can do about it. */
export function handshakeError(host: string, cause: unknown): NetworkError {
  const code = errorCode(cause) ?? '';
  if (notTls.has(code)) {
    const hint = 'the registry speaks plain http: --plain-http allows that';
    return new NetworkError('plain-http', 'http: server gave HTTP response to HTTPS client', { cause, hint });
  }
  const reason = certificateProblem(code, host, cause);
  if (reason !== undefined) {
    const hint = reason.startsWith('certificate has expired')
      ? `this machine's clock says ${new Date().toISOString()}`
      : 'give its certificate authority with --tlscacert or in hosts.toml';
    return new NetworkError('certificate', `tls: failed to verify certificate: x509: ${reason}`, {
      cause,
      hint,
    });
  }
  if (code === 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL') {
    return new NetworkError('no-http1', 'remote error: tls: no application protocol', { cause });
  }
  if (resets.has(code)) return new NetworkError('reset', 'read: connection reset by peer', { cause });
  return new NetworkError('tls', `tls: ${messageOf(cause)}`, { cause });
}

/** What broke an exchange whose connection stood, in Go's words. */
export function exchangeError(cause: unknown): NetworkError {
  if (cause instanceof NetworkError) return cause;
  const code = errorCode(cause) ?? '';
  if (deadlines.has(code)) {
    const what = code === 'UND_ERR_BODY_TIMEOUT' ? 'while reading body' : 'timeout awaiting response headers';
    return new NetworkError('timeout', `net/http: ${what}`, { cause });
  }
  if (resets.has(code)) return new NetworkError('reset', 'read: connection reset by peer', { cause });
  // undici's word for a connection that the other side closed; its cause may be the reset behind it.
  if (code === 'UND_ERR_SOCKET') {
    const inner = cause instanceof Error ? errorCode(cause.cause) : undefined;
    if (inner !== undefined && resets.has(inner)) return exchangeError((cause as Error).cause);
    return new NetworkError('eof', 'unexpected EOF', { cause });
  }
  return new NetworkError('other', messageOf(cause), { cause });
}

// ctr: `ctr content fetch-object nosuch.invalid/x:1` says which server it asked.
function nameServer(): string {
  const [first] = getServers();
  if (first === undefined) return '';
  return isIP(first) === 4 ? ` on ${first}:53` : isIP(first) === 6 ? ` on [${first}]:53` : ` on ${first}`;
}

function certificateProblem(code: string, host: string, cause: unknown): string | undefined {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
      return 'certificate signed by unknown authority';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'certificate has expired or is not yet valid';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `certificate is not valid for ${host}: ${field(cause, 'reason') ?? messageOf(cause)}`;
    default:
      return code.startsWith('CERT_') ? messageOf(cause) : undefined;
  }
}

function field(error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
