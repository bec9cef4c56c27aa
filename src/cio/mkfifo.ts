import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { KindError } from '../oci/errors.js';

const programs = ['/usr/bin/mkfifo', '/bin/mkfifo'];

/**
 * Creates FIFOs of mode 0600 by one run of mkfifo(1), as Node has no call for it.
 * @throws KindError 'unavailable' if there is no mkfifo, 'failed precondition' with its complaint if it fails.
 */
export function mkfifo(paths: readonly string[], signal?: AbortSignal): Promise<void> {
  const program = programs.find((path) => existsSync(path));
  if (program === undefined) {
    return Promise.reject(
      new KindError('unavailable', `cannot create FIFOs: no mkfifo in ${programs.join(', ')}`),
    );
  }
  return new Promise((resolve, reject) => {
    // An empty environment: neither PATH nor a locale nor a preloaded library has a say.
    const options = { env: {}, timeout: 10_000, ...(signal && { signal }) };
    execFile(program, ['-m', '0600', '--', ...paths], options, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else if (signal?.aborted) reject(new KindError('canceled', 'canceled', { cause: signal.reason }));
      else reject(new KindError('failed precondition', stderr.trim() || error.message, { cause: error }));
    });
  });
}
