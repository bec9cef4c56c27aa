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
