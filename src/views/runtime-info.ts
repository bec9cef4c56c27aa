import type { RuntimeInfo } from '../client/introspection.js';
import { decodeRuntimeOptions } from '../client/runtime-options.js';
import { parseJson, type ParsedJson } from '../oci/spec/parse-json.js';
import type { JsonObject, JsonValue } from '../output/json.js';
import { messageJson } from './message-json.js';

/** ctr's `plugins inspect-runtime`. */
export function runtimeInfo({ name, version, options, features, annotations }: RuntimeInfo): JsonObject {
  return {
    Name: name,
    Version: { Version: version?.version ?? '', Revision: version?.revision ?? '' },
    Options: options ? messageJson(decodeRuntimeOptions(options)) : null,
    Features: features ? inOrder(parseJson(new TextDecoder().decode(features.value))) : null,
    Annotations: annotations.size > 0 ? annotations : null,
  };
}

/** Objects keep the order of their text: it is a Go struct's. */
function inOrder(value: ParsedJson): JsonValue {
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<string, ParsedJson>)];
    return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
  }
  return Array.isArray(value) ? (value as readonly ParsedJson[]).map(inOrder) : value;
}
