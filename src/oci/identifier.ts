import { KindError } from './errors.js';

const maxLength = 76;
const shape = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/i;

/**
 * Checks the name of a namespace, container, exec or sandbox (containerd `identifiers.Validate`).
 * @throws KindError 'invalid argument' in containerd's words
 */
export function validateIdentifier(id: string): void {
  if (id === '') throw invalid('identifier must not be empty');
  if (Buffer.byteLength(id) > maxLength) {
    throw invalid(`identifier "${id}" greater than maximum length (${maxLength} characters)`);
  }
  if (!shape.test(id)) {
    throw invalid(`identifier ${JSON.stringify(id)} must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$`);
  }
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', `${message}: invalid argument`);
}
