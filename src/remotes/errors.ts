import { type ErrorKind, KindError } from '../oci/errors.js';

interface RemoteErrorOptions extends ErrorOptions {
  readonly hint?: string;
  readonly status?: number;
}

/**
 * A registry's or the network's refusal, in ctr's wording. The message can quote the registry, so it is
 * untrusted text.
 */
export class RemoteError extends KindError {
  /** The HTTP status that it stems from, if any. */
  readonly status: number | undefined;

  constructor(kind: ErrorKind, message: string, options: RemoteErrorOptions = {}) {
    super(kind, message, options);
    this.status = options.status;
  }
}

/** What went wrong below HTTP. */
export type NetworkFault =
  | 'refused'
  | 'unreachable'
  | 'name'
  | 'timeout'
  | 'reset'
  | 'eof'
  | 'certificate'
  | 'plain-http'
  | 'no-http1'
  | 'tls'
  | 'address'
  | 'redirect'
  | 'other';

/** A request that got no answer, or lost it half-way. */
export class NetworkError extends RemoteError {
  constructor(
    readonly fault: NetworkFault,
    message: string,
    options: RemoteErrorOptions = {},
  ) {
    super(fault === 'timeout' ? 'deadline exceeded' : 'unavailable', message, options);
  }
}

/** The bytes are not those that the descriptor promised; they may be right when fetched anew. */
export class CorruptContentError extends RemoteError {
  constructor(message: string) {
    super('failed precondition', message);
  }
}

/** Puts words in front of an error's message and keeps kind, hint and status, as Go's `%w` does. */
export function prefixError(prefix: string, error: unknown): unknown {
  if (!(error instanceof KindError)) return error;
  const options: { cause: unknown; hint?: string; status?: number } = { cause: error };
  if (error.hint !== undefined) options.hint = error.hint;
  if (error instanceof RemoteError && error.status !== undefined) options.status = error.status;
  return new RemoteError(error.kind, prefix + error.message, options);
}

/** The registry knows the user and says no, or there is no login to give (containerd `ErrInvalidAuthorization`). */
export class AuthorizationError extends RemoteError {
  constructor(message: string, options: RemoteErrorOptions = {}) {
    super('unauthenticated', message, options);
  }
}
