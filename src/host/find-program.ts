import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { KindError } from '../oci/errors.js';

/**
 * Where a program is that PATH leads to.
 * @throws KindError 'not found' in the words of Go's exec.LookPath
 */
export function findProgram(name: string, path = process.env['PATH'] ?? ''): string {
  for (const folder of path.split(':')) {
    // An empty entry is the working directory: whatever lies there was not meant.
    if (!folder.startsWith('/')) continue;
    const file = join(folder, name);
    if (isExecutable(file)) return file;
  }
  throw new KindError('not found', `exec: ${JSON.stringify(name)}: executable file not found in $PATH`, {
    hint: `install ${name}, or add its folder to PATH`,
  });
}

/** Whether this is a file that may be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
