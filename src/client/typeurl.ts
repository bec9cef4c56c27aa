import type { Any } from '../gen/google/protobuf/any.js';

/** A message in an envelope that names its type. */
export type { Any };

/** The type names that containerd's payloads carry; bare full names, and URLs for the JSON ones. */
export const typeUrls = {
  spec: 'types.containerd.io/opencontainers/runtime-spec/1/Spec',
  process: 'types.containerd.io/opencontainers/runtime-spec/1/Process',
  runcOptions: 'containerd.runc.v1.Options',
  runtimeOptions: 'runtimeoptions.v1.Options',
  processDetails: 'containerd.runc.v1.ProcessDetails',
  cgroupV1Metrics: 'io.containerd.cgroups.v1.Metrics',
  cgroupV2Metrics: 'io.containerd.cgroups.v2.Metrics',
} as const;

interface Codec<T> {
  readonly $type: string;
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** Packs a generated message under its bare full name (containerd/typeurl: no `type.googleapis.com/`). */
export function pack<T>(codec: Codec<T>, message: T): Any {
  return { typeUrl: codec.$type, value: codec.encode(message).finish() };
}

/** Packs a JSON payload, such as an OCI spec, under its own URL. */
export function packJson(typeUrl: string, json: string): Any {
  return { typeUrl, value: new TextEncoder().encode(json) };
}

/** The name after the last slash: writers differ in what they put before it. */
export function typeName(any: Any): string {
  return any.typeUrl.slice(any.typeUrl.lastIndexOf('/') + 1);
}

/** Unpacks a generated message; undefined when the payload is of another type. */
export function unpack<T>(codec: Codec<T>, any: Any | undefined): T | undefined {
  return any && typeName(any) === codec.$type ? codec.decode(any.value) : undefined;
}
