import type { Timestamp } from '../gen/google/protobuf/timestamp.js';
import { DiffDefinition as service } from '../gen/services/diff/v1/diff.js';
import type { Mount } from '../gen/types/mount.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { CallOptions, Caller } from './call.js';
import { fromWire, toWire } from './descriptor.js';

/** How a layer is packed. */
export interface DiffOptions extends CallOptions {
  readonly mediaType: string;
  /** The ingest's name; empty for one of the daemon's own. */
  readonly ref: string;
  /** Labels of the blob. */
  readonly labels: ReadonlyMap<string, string>;
  /** The time that files get instead of a later one of their own; daemons before 1.7 do not know of it. */
  readonly sourceDateEpoch?: Timestamp | undefined;
}

/** containerd.services.diff.v1.Diff. */
export class Diff {
  constructor(private readonly caller: Caller) {}

  /**
   * Diff.Diff: packs what `right` has and `left` has not into a layer blob, in the daemon; gives its descriptor.
   * @throws ContainerdError 'not implemented' for a media type that the daemon cannot make.
   */
  async diff(left: readonly Mount[], right: readonly Mount[], options: DiffOptions): Promise<Descriptor> {
    const { mediaType, ref, labels, sourceDateEpoch, ...call } = options;
    const request = { left, right, mediaType, ref, labels, sourceDateEpoch };
    return fromWire((await this.caller.unary(service, service.methods.diff, request, call)).diff);
  }

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
