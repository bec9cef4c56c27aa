import type { Sandbox } from '../client/sandboxes.js';
import type { Any } from '../client/typeurl.js';
import type { JsonObject } from '../output/json.js';
import { formatRfc3339Nano, type Timestamp } from '../output/time.js';

/** ctr's `sandboxes info` (2.3): the record. */
export function sandboxInfo(sandbox: Sandbox): JsonObject {
  const { sandboxId, labels, runtime, spec, sandboxer, createdAt, updatedAt, extensions } = sandbox;
  return {
    ID: sandboxId,
    Labels: labels.size > 0 ? labels : null,
    Runtime: { Name: runtime?.name ?? '', Options: runtime?.options ? anyJson(runtime.options) : null },
    Spec: spec ? anyJson(spec) : null,
    Sandboxer: sandboxer,
    CreatedAt: time(createdAt),
    UpdatedAt: time(updatedAt),
    Extensions:
      extensions.size > 0 ? new Map([...extensions].map(([name, value]) => [name, anyJson(value)])) : null,
  };
}

function anyJson({ typeUrl, value }: Any): JsonObject {
  return { type_url: typeUrl, ...(value.length > 0 ? { value } : {}) };
}

function time(timestamp: Timestamp | undefined): string {
  return formatRfc3339Nano(timestamp ?? { seconds: -62_135_596_800n, nanos: 0 });
}
