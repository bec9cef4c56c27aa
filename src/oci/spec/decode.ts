import { goValue } from './go-value.js';
import { parseJson } from './parse-json.js';
import { process } from './structs/process.js';
import { seccomp } from './structs/seccomp.js';
import { spec } from './structs/spec.js';
import type { Process, Seccomp, Spec } from './types.js';

/**
 * Decodes a runtime spec as ctr's `containers info` sees it: whoever wrote the JSON (containerd's CRI, docker, another
 * release of ctr), the result has the fields that runtime-spec 1.2.1 knows, in Go's order, with omitempty applied.
 * @throws KindError 'invalid argument' for what Go's Unmarshal refuses
 */
export function decodeSpec(bytes: Uint8Array): Spec {
  return goValue(spec, parseJson(text(bytes)));
}

/** Decodes an OCI process, as a container's spec or an exec's Any has it. @throws KindError 'invalid argument' */
export function decodeProcess(bytes: Uint8Array): Process {
  return goValue(process, parseJson(text(bytes)));
}

/** Decodes a seccomp profile in the runtime-spec's form. @throws KindError 'invalid argument' */
export function decodeSeccomp(bytes: Uint8Array): Seccomp {
  return goValue(seccomp, parseJson(text(bytes)));
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
