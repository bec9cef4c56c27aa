import { KindError } from './errors.js';

const maxBytes = 4096;
const shownKeyLength = 64;

/**
 * Checks a label's length, key and value together, as the daemon does when it stores one (containerd `labels.Validate`).
 * @throws KindError 'invalid argument' in containerd's words
 */
export function validateLabel(key: string, value: string): void {
  const length = Buffer.byteLength(key) + Buffer.byteLength(value);
  if (length <= maxBytes) return;
  throw new KindError(
    'invalid argument',
    `label key and value length (${length} bytes) greater than maximum size (${maxBytes} bytes), ` +
      `key: ${key.slice(0, shownKeyLength)}: invalid argument`,
  );
}

/** Whether the daemon would store this label. */
export function isStorableLabel(key: string, value: string): boolean {
  return Buffer.byteLength(key) + Buffer.byteLength(value) <= maxBytes;
}
