import type { Container } from '../client/containers.js';
import { typeUrls } from '../client/typeurl.js';
import { KindError } from '../oci/errors.js';
import { decodeSpec } from '../oci/spec/decode.js';
import type { Spec } from '../oci/spec/types.js';

/** A container's OCI spec. @throws KindError 'failed precondition' where its record holds something else. */
export function specOf({ id, spec }: Container): Spec {
  if (spec?.typeUrl !== typeUrls.spec) {
    throw new KindError('failed precondition', `container ${JSON.stringify(id)} has no OCI runtime spec`);
  }
  return decodeSpec(spec.value);
}

/** The command line and the mounts' sources of a container; empty where its record has no spec to read. */
export function specSummary(container: Container): {
  readonly command: readonly string[];
  readonly mounts: readonly string[];
} {
  try {
    const { process, mounts } = specOf(container);
    const bound = (mounts ?? []).filter(
      ({ type, options }) => type === 'bind' || options?.some((each) => /^r?bind$/.test(each)),
    );
    return {
      command: process?.args ?? [],
      mounts: bound.map(({ source, destination }) => source ?? destination),
    };
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return { command: [], mounts: [] };
  }
}
