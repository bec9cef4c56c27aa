import type { KindError } from '../oci/errors.js';

/**
 * The exit status of a process that could not be started: 127 if the program is not there, 126 if it cannot be
 * executed, else the one given. The runtime reports both as a text of unknown kind, so that text is all there
 * is to go by; docker reads the same words.
 */
export function startFailureStatus({ message }: KindError, otherwise: number): number {
  if (!/OCI runtime (?:exec|create|start) failed|exec failed|unable to start container process/.test(message))
    return otherwise;
  if (/executable file not found in \$PATH|no such file or directory/.test(message)) return 127;
  if (/permission denied|is a directory|exec format error|not a directory/.test(message)) return 126;
  return otherwise;
}
