import { KindError } from '../../oci/errors.js';

const words: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ENOSPC: 'no space left on device',
  EFBIG: 'file too large',
  EDQUOT: 'disk quota exceeded',
  EROFS: 'read-only file system',
  ENAMETOOLONG: 'file name too long',
  ELOOP: 'too many levels of symbolic links',
  EIO: 'input/output error',
};

/** What the system said of a file, in Go's words: `open /nodir/x: no such file or directory`. */
export function fileProblem(verb: 'open' | 'read' | 'write', path: string, error: unknown): KindError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const kind =
    code === 'ENOENT' ? 'not found' : code === 'ENOSPC' ? 'resource exhausted' : 'invalid argument';
  return new KindError(kind, `${verb} ${path}: ${words[code] ?? message}`, { cause: error });
}
