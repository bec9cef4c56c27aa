import { KindError } from '../oci/errors.js';

const texts: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'not a directory'],
  ['ELOOP', 'too many levels of symbolic links'],
]);

/** A file error in Go's words: `open /x: no such file or directory`. */
export function goFileError(prefix: string, file: string, cause: unknown): KindError {
  const code = errorCode(cause) ?? '';
  const reason = texts.get(code) ?? (cause instanceof Error ? cause.message : String(cause));
  const verb = code === 'EISDIR' ? 'read' : 'open';
  return new KindError('invalid argument', `${prefix}${verb} ${file}: ${reason}`, { cause });
}

/** The `code` of a Node error. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
