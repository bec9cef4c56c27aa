import { KindError, type ErrorKind } from '../oci/errors.js';

/** What containerd answered, or why it could not be asked. */
export class ContainerdError extends KindError {}

/** gRPC status codes to errdefs kinds (containerd, errgrpc.ToNative); index is the code. */
const kinds: readonly ErrorKind[] = [
  'unknown', // OK is no error
  'canceled',
  'unknown',
  'invalid argument',
  'deadline exceeded',
  'not found',
  'already exists',
  'permission denied',
  'resource exhausted',
  'failed precondition',
  'aborted',
  'out of range',
  'not implemented',
  'internal',
  'unavailable',
  'data loss',
  'unauthenticated',
];

/** The part of grpc-js's ServiceError that counts; it is matched by shape so that errors load nothing. */
interface StatusLike {
  readonly code: number;
  readonly details: string;
}

/** Makes a ContainerdError of what a gRPC call failed with; the daemon's own words are the message. */
export function fromStatus(error: unknown): ContainerdError {
  const { code, details } = error as Partial<StatusLike>;
  if (typeof code !== 'number' || details === undefined) {
    return new ContainerdError('unknown', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
  const kind = kinds[code] ?? 'unknown';
  return new ContainerdError(kind, words(kind, details), { cause: error });
}

/** grpc-js's own texts in the words of ctr's users. */
function words(kind: ErrorKind, details: string): string {
  if (kind === 'deadline exceeded' && details.startsWith('Deadline exceeded'))
    return 'context deadline exceeded';
  if (kind === 'unavailable' && !details.startsWith('error reading from server')) {
    return /: unavailable$/.test(details) ? details : `connection to containerd lost: ${details}`;
  }
  return details;
}

/** The error of a call that took longer than it may. */
export function deadlineExceeded(cause: unknown): ContainerdError {
  return new ContainerdError('deadline exceeded', 'context deadline exceeded', { cause });
}

/** The error of a wait that its caller ended: the signal's own reason where that is an error of ours. */
export function cancellation(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  if ((reason as { name?: unknown } | undefined)?.name === 'TimeoutError') {
    return deadlineExceeded(reason);
  }
  if (reason instanceof Error && reason.name !== 'AbortError') return reason;
  return new ContainerdError('canceled', 'context canceled', { cause: reason });
}
