import { hasKind, KindError } from '../oci/errors.js';

/** The error of a call to a service that the daemon has not got, with the release that brings it as its hint. */
export function lacking(error: unknown, release: string): unknown {
  if (!(error instanceof KindError) || !hasKind(error, 'not implemented')) return error;
  return new KindError('not implemented', error.message, {
    cause: error,
    hint: `this daemon is older than containerd ${release}, which brings it`,
  });
}
