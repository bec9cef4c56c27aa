import { readFileSync } from 'node:fs';
import { KindError } from '../oci/errors.js';

/** Reads a text file that a flag names. @throws KindError in Go's words. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const known: Readonly<Record<string, string>> = {
      ENOENT: 'no such file or directory',
      EACCES: 'permission denied',
      EISDIR: 'is a directory',
    };
    throw new KindError('invalid argument', `open ${file}: ${known[code ?? ''] ?? message}`, {
      cause: error,
    });
  }
}
