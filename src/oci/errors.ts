/** The kinds of containerd's errdefs package; every error that tctr raises on purpose carries one. */
export type ErrorKind =
  | 'unknown'
  | 'invalid argument'
  | 'not found'
  | 'already exists'
  | 'permission denied'
  | 'resource exhausted'
  | 'failed precondition'
  | 'conflict'
  | 'aborted'
  | 'out of range'
  | 'not implemented'
  | 'internal'
  | 'unavailable'
  | 'data loss'
  | 'unauthenticated'
  | 'canceled'
  | 'deadline exceeded';

/** An error with a kind to decide on, so that nobody has to match message texts. */
export class KindError extends Error {
  /** The reader's next step, shown behind the message. */
  readonly hint: string | undefined;

  constructor(
    readonly kind: ErrorKind,
    message: string,
    options: ErrorOptions & { readonly hint?: string } = {},
  ) {
    super(message, options);
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Tells whether an error of any class carries this kind. */
export function hasKind(error: unknown, kind: ErrorKind): boolean {
  return error instanceof KindError && error.kind === kind;
}

/** The same error with words before its message, its kind and hint kept; an error of another class as it is. */
export function prefixed(words: string, error: unknown): unknown {
  if (!(error instanceof KindError)) return error;
  return new KindError(error.kind, `${words}: ${error.message}`, {
    cause: error,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}
