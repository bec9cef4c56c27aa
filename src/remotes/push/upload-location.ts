import { type Answer } from '../http/answer.js';
import { RemoteError } from '../errors.js';
import { literalReach } from '../http/local-address.js';
import { redirectTarget } from '../http/redirect.js';

/** Where an upload goes on, as the registry says. */
export interface UploadLocation {
  readonly url: URL;
  /** It is of another origin: it gets no login, no header of hosts.toml and no client certificate. */
  readonly isForeign: boolean;
  /** Its name must not lead to this machine or its networks. */
  readonly publicOnly: boolean;
}

/**
 * Reads where the registry wants a blob (`Location` of the answer to a POST), relative or whole.
 * @throws RemoteError where there is none; NetworkError where it must not be followed
 */
export function uploadLocation({ headers, url, statusLine }: Answer, digest: string): UploadLocation {
  const text = headers.get('location') ?? '';
  if (text === '') {
    const message = `registry answered ${statusLine} without an upload location`;
    throw new RemoteError('failed precondition', message);
  }
  const target = redirectTarget(text, url);
  const isForeign = target.origin !== url.origin;
  const isLocal = (literalReach(url.hostname) ?? 'public') !== 'public';
  const reach = literalReach(target.hostname) ?? 'public';
  if (isForeign && !isLocal && reach !== 'public') {
    const message = `registry wants the upload at ${target.host}, which is a ${reach} address`;
    throw new RemoteError('permission denied', message);
  }
  // Appended as text: what stands there may be signed, and must not be written anew.
  const join = target.search === '' ? '?' : '&';
  const whole = new URL(`${target.href}${join}digest=${encodeURIComponent(digest)}`);
  return { url: whole, isForeign, publicOnly: isForeign && !isLocal };
}
