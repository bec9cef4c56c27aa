import type { Descriptor } from '../../oci/descriptor.js';
import type { Reference } from '../../oci/reference.js';
import type { Endpoint } from '../endpoint.js';
import type { Services } from '../services.js';

/** How a push ended: sent, mounted from another repository, or there already. */
export type Pushed = 'pushed' | 'mounted' | 'exists';

/** What to push, and where to. */
export interface PushRequest {
  /** The tag is given to a manifest; with the manifest's digest behind it, or none, the manifest goes without. */
  readonly reference: Reference;
  readonly descriptor: Descriptor;
  /** Gives the bytes from their start; called again when they have to be sent again. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Repositories of the same registry that may have the blob. */
  readonly mountFrom: readonly string[];
  /** Told of the bytes sent so far; from 0 again when they are sent again. */
  readonly onSent: (bytes: number) => void;
  readonly endpoint: Endpoint;
  readonly services: Services;
  readonly signal: AbortSignal;
}
