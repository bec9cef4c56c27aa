import type { Container } from '../client/containers.js';
import { typeUrls, type Any } from '../client/typeurl.js';
import { decodeSpec } from '../oci/spec/decode.js';
import type { JsonObject, JsonValue } from '../output/json.js';
import { formatRfc3339Nano, type Timestamp } from '../output/time.js';

/** ctr's `container info`: the record, its spec decoded. */
export function containerInfo(container: Container): JsonObject {
  const { id, labels, image, runtime, snapshotKey, snapshotter, createdAt, updatedAt, extensions, sandbox } =
    container;
  return {
    ID: id,
    Labels: labels.size > 0 ? labels : null,
    Image: image,
    Runtime: { Name: runtime?.name ?? '', Options: runtime?.options ? anyJson(runtime.options) : null },
    SnapshotKey: snapshotKey,
    Snapshotter: snapshotter,
    CreatedAt: time(createdAt),
    UpdatedAt: time(updatedAt),
    Extensions: new Map([...extensions].map(([name, value]) => [name, anyJson(value)])),
    SandboxID: sandbox,
    Spec: containerSpec(container),
  };
}

/** The OCI runtime spec of a container; the envelope where it is of another type. */
export function containerSpec({ spec }: Container): JsonValue {
  if (!spec) return null;
  return spec.typeUrl === typeUrls.spec ? decodeSpec(spec.value) : anyJson(spec);
}

function anyJson({ typeUrl, value }: Any): JsonObject {
  return { type_url: typeUrl, ...(value.length > 0 ? { value } : {}) };
}

function time(timestamp: Timestamp | undefined): string {
  return formatRfc3339Nano(timestamp ?? { seconds: -62135596800n, nanos: 0 });
}
