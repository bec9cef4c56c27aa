import type { Digest } from './digest.js';

/** An OCI content descriptor (image-spec, descriptor.md). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes; never negative. */
  readonly size: bigint;
  readonly annotations: ReadonlyMap<string, string>;
  readonly platform?: Platform;
  /** Where a foreign layer may be had; read by nobody unless asked for. */
  readonly urls?: readonly string[];
}

/** An OCI platform (image-spec, image-index.md). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
  readonly osFeatures?: readonly string[];
}
