import { isAbsolute } from 'node:path';
import { KindError } from '../oci/errors.js';

/** The schemes that containerd's runc shim writes output to; a plain path counts as fifo. */
const schemes = ['fifo', 'file', 'binary'];

/**
 * Checks a log URI (`--log-uri`) before anything is created for it: an absolute path, or file:///path,
 * binary:///path?key=value, fifo:///path. Returns it as Tasks.Create takes it.
 * ctr: `ctr run --log-uri nosuch:///x …` finds out only from the shim, with the container created already.
 * @throws KindError 'invalid argument'.
 */
export function parseLogUri(text: string): string {
  if (/[\0-\x20\x7f]/.test(text))
    throw invalid(text, 'it holds blanks or control characters; write them as %20');
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/is.exec(text) ?? [];
  if (scheme === undefined) {
    if (!isAbsolute(rest)) throw invalid(text, 'the path must be absolute');
    return text;
  }
  if (!schemes.includes(scheme.toLowerCase()))
    throw invalid(text, `the scheme must be one of ${schemes.join(', ')}`);
  if (!rest.startsWith('///'))
    throw invalid(text, `three slashes and an absolute path must follow ${scheme}:`);
  if (/%(?![0-9a-f]{2})/i.test(rest)) throw invalid(text, 'a percent sign is written as %25');
  if (/^\/+(?:[?#]|$)/.test(rest)) throw invalid(text, 'it names no file');
  return `${scheme.toLowerCase()}:${rest}`;
}

function invalid(text: string, reason: string): KindError {
  return new KindError('invalid argument', `invalid log URI ${JSON.stringify(text)}: ${reason}`);
}
