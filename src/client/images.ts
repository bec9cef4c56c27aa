import { ImagesDefinition as service, type Image as Wire } from '../gen/services/images/v1/images.js';
import type { Timestamp } from '../gen/google/protobuf/timestamp.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { CallOptions, Caller } from './call.js';
import { fromWire, toWire } from './descriptor.js';

/** A name for a descriptor. */
export interface Image {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly target: Descriptor;
  readonly createdAt?: Timestamp;
  readonly updatedAt?: Timestamp;
}

/** containerd.services.images.v1.Images. */
export class Images {
  constructor(private readonly caller: Caller) {}

  /** Images.Get. @throws ContainerdError 'not found'. */
  async get(name: string, options?: CallOptions): Promise<Image> {
    const { image } = await this.caller.unary(service, service.methods.get, { name }, options);
    return toImage(image);
  }

  /** Images.List; filters are joined by OR, and the daemon parses them. */
  async list(filters: readonly string[] = [], options?: CallOptions): Promise<Image[]> {
    const { images } = await this.caller.unary(service, service.methods.list, { filters }, options);
    return images.map(toImage);
  }

  /** Images.Create. @throws ContainerdError 'already exists'. */
  async create(image: Image, options?: CallOptions): Promise<Image> {
    const request = { image: fromImage(image), sourceDateEpoch: undefined };
    return toImage((await this.caller.unary(service, service.methods.create, request, options)).image);
  }

  /** Images.Update of the named fields (`target`, `labels`, `labels.<key>`); all of them when none is named. */
  async update(image: Image, fields: readonly string[], options?: CallOptions): Promise<Image> {
    const updateMask = fields.length > 0 ? fields : undefined;
    const request = { image: fromImage(image), updateMask, sourceDateEpoch: undefined };
    return toImage((await this.caller.unary(service, service.methods.update, request, options)).image);
  }

  /** Images.Delete; `sync` waits for the collector. @throws ContainerdError 'not found'. */
  async delete(name: string, options: CallOptions & { readonly sync?: boolean } = {}): Promise<void> {
    const request = { name, sync: options.sync ?? false, target: undefined };
    await this.caller.unary(service, service.methods.delete, request, options);
  }
}

function toImage(wire: Wire | undefined): Image {
  return {
    name: wire?.name ?? '',
    labels: wire?.labels ?? new Map(),
    target: fromWire(wire?.target),
    ...(wire?.createdAt ? { createdAt: wire.createdAt } : {}),
    ...(wire?.updatedAt ? { updatedAt: wire.updatedAt } : {}),
  };
}

function fromImage(image: Image): Wire {
  const { name, labels, target, createdAt, updatedAt } = image;
  return { name, labels, target: toWire(target), createdAt, updatedAt };
}
