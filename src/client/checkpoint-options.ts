import { Any as AnyCodec } from '../gen/google/protobuf/any.js';
import { CheckpointOptions } from '../gen/types/runc/options/oci.js';
import { pack, type Any } from './typeurl.js';

/** What may be said of a checkpoint to runc's shim; paths are the daemon's. */
export interface CheckpointSettings {
  /** End the process. */
  readonly exit?: boolean;
  /** Handle the locks that the process holds on files. */
  readonly fileLocks?: boolean;
  /** Where criu's image goes, instead of the content store. */
  readonly imagePath?: string;
  /** Where criu works, and leaves its log. */
  readonly workPath?: string;
}

/** The options of a checkpoint, `containerd.runc.v1.CheckpointOptions`. */
export function packCheckpointOptions(settings: CheckpointSettings): Any {
  return pack(CheckpointOptions, { ...CheckpointOptions.decode(new Uint8Array()), ...settings });
}

/** An envelope as bytes, to be kept as a blob. */
export function encodeAny(any: Any): Uint8Array {
  return AnyCodec.encode(any).finish();
}

/** Reads what {@link encodeAny} wrote. @throws RangeError for bytes that are none */
export function decodeAny(bytes: Uint8Array): Any {
  return AnyCodec.decode(bytes);
}
