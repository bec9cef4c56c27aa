import * as container from '../gen/events/container.js';
import * as content from '../gen/events/content.js';
import * as image from '../gen/events/image.js';
import * as namespace from '../gen/events/namespace.js';
import * as sandbox from '../gen/events/sandbox.js';
import * as snapshot from '../gen/events/snapshot.js';
import * as task from '../gen/events/task.js';
import { typeName, type Any } from './typeurl.js';

interface Decoder {
  readonly $type: string;
  decode(bytes: Uint8Array): object;
}

const decoders: ReadonlyMap<string, Decoder> = new Map(
  [container, content, image, namespace, sandbox, snapshot, task]
    .flatMap((module) => Object.values(module) as unknown[])
    .filter(isDecoder)
    .map((decoder) => [decoder.$type, decoder]),
);

/** The full names of all events that can be decoded. */
export const eventTypes: readonly string[] = [...decoders.keys()];

/** An event's message; undefined where its type is not known. @throws Error where its bytes are none of that type */
export function decodeEvent(any: Any): object | undefined {
  return decoders.get(typeName(any))?.decode(any.value);
}

function isDecoder(value: unknown): value is Decoder {
  return typeof value === 'object' && value !== null && '$type' in value && 'decode' in value;
}
