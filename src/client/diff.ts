import { DiffDefinition as service } from '../gen/services/diff/v1/diff.js';
import type { Mount } from '../gen/types/mount.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { CallOptions, Caller } from './call.js';
import { fromWire, toWire } from './descriptor.js';

/** containerd.services.diff.v1.Diff. */
export class Diff {
  constructor(private readonly caller: Caller) {}

  /** Diff.Apply: unpacks a layer blob onto mounts, in the daemon; gives the uncompressed layer's descriptor. */
  async apply(
    layer: Descriptor,
    mounts: readonly Mount[],
    options: CallOptions & { readonly syncFs?: boolean } = {},
  ): Promise<Descriptor> {
    const request = { diff: toWire(layer), mounts, payloads: new Map(), syncFs: options.syncFs ?? false };
    return fromWire((await this.caller.unary(service, service.methods.apply, request, options)).applied);
  }
}
