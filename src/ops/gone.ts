import { hasKind } from '../oci/errors.js';

/** For what is deleted: that it is not there is what was wanted. @throws the error where it says something else. */
export function ignoreNotFound(error: unknown): undefined {
  if (!hasKind(error, 'not found')) throw error;
  return undefined;
}

/**
 * For a process that is killed or waited for: it may be gone, or have ended by itself (runc, `process already
 * finished`; containerd, a task that never ran). @throws the error where it says something else.
 */
export function ignoreEnded(error: unknown): void {
  if (!hasKind(error, 'not found') && !hasKind(error, 'failed precondition')) throw error;
}
