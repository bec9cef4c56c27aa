import { validateIdentifier } from '../../../src/oci/identifier.js';
import { parseDigest, type Digest } from '../../../src/oci/digest.js';
import { KindError } from '../../../src/oci/errors.js';
import { invalidArgument, unknown, type Refusal } from './refusal.js';

/** Refuses what containerd does not take for the name of a namespace, container or exec. */
export function checkIdentifier(id: string, context = ''): void {
  refused(
    () => validateIdentifier(id),
    (message) => invalidArgument(`${context}${message}`),
  );
}

/** Refuses what is no digest; `words` puts go-digest's complaint into the service's own. */
export function checkDigest(text: string, words: (problem: string) => string): Digest {
  return refused(
    () => parseDigest(text),
    (message) => invalidArgument(words(message)),
  );
}

/** Refuses labels that containerd does not store; `lost` where the daemon forgets to say why. */
export function checkLabels(
  labels: ReadonlyMap<string, string>,
  context: string,
  kind: 'told' | 'lost' = 'told',
): void {
  for (const [key, value] of labels) {
    const length = Buffer.byteLength(key) + Buffer.byteLength(value);
    if (length <= 4096) continue;
    const words = `${context}: label key and value length (${length} bytes) greater than maximum size (4096 bytes), key: ${key.slice(0, 64)}: invalid argument`;
    throw kind === 'told' ? invalidArgument(words) : unknown(words);
  }
}

function refused<T>(check: () => T, refusal: (message: string) => Refusal): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof KindError) throw refusal(error.message);
    throw error;
  }
}
