import { type Answer, readUpTo } from '../http/answer.js';
import { RemoteError } from '../errors.js';
import { maxErrorBody } from '../limits.js';
import { redactUrl } from '../http/redact.js';
import type { ErrorKind } from '../../oci/errors.js';

const longestReason = 1024;

/**
 * Reads the registry's own words of an error answer (distribution-spec, error codes): `denied: no pull for you`. Empty if
 * there are none. They are untrusted.
 */
export async function readReason(answer: Answer): Promise<string> {
  try {
    const body = await readUpTo(answer, maxErrorBody);
    return body === undefined
      ? ''
      : formatErrors(JSON.parse(Buffer.from(body).toString('utf8'))).slice(0, longestReason);
  } catch {
    // The status is the error; a body that breaks or is no JSON adds nothing to it.
    return '';
  }
}

/** ctr's error for a status that nobody expects: `unexpected status from HEAD request to URL: 403 Forbidden`. */
export function statusError(method: string, answer: Answer, reason: string): RemoteError {
  const { status, statusLine, url } = answer;
  const words = reason === '' ? '' : ` - Server message: ${reason}`;
  const hint = statusHint(answer);
  const message = `unexpected status from ${method} request to ${redactUrl(url)}: ${statusLine}${words}`;
  return new RemoteError(statusKind(status), message, { status, ...(hint === undefined ? {} : { hint }) });
}

/** The error of a web page where content was asked for. */
export function webPageError({ url }: Answer): RemoteError {
  const hint = 'is there a captive portal, a proxy or a login page in between?';
  const message = `the answer of ${redactUrl(url)} is a web page, no content`;
  return new RemoteError('failed precondition', message, { hint });
}

/** The error kind of an HTTP status, as containerd maps them. */
export function statusKind(status: number): ErrorKind {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'permission denied';
  if (status === 404) return 'not found';
  if (status === 429) return 'resource exhausted';
  return status >= 500 ? 'unavailable' : 'unknown';
}

/** What a user can do about a status, where that is known. */
export function statusHint({ status, isForeign, headers }: Answer): string | undefined {
  if (status === 429) return 'the registry limits how often it may be asked: wait, or log in';
  if (status !== 401) return undefined;
  if (isForeign) return 'another host, which the registry redirects to, asks for a login: it is sent none';
  const asked = headers.get('www-authenticate')?.split(' ', 1)[0];
  if (asked === undefined) return 'the registry asks for a login but sent no challenge';
  if (/^Basic$/i.test(asked)) return 'the registry refused the name or the password';
  return 'the registry asks for a login in a way that is not known';
}

function formatErrors(body: unknown): string {
  const errors = entry(body, 'errors');
  if (!Array.isArray(errors)) return '';
  return errors
    .slice(0, 10)
    .map((error: unknown) => {
      const code = text(entry(error, 'code')).toLowerCase().replaceAll('_', ' ');
      return [code, text(entry(error, 'message'))].filter((part) => part !== '').join(': ');
    })
    .filter((line) => line !== '')
    .join(', ');
}

function entry(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
