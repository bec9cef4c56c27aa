import { KindError } from '../oci/errors.js';

/**
 * Reads what the user wants of the ingests: a containerd filter, or a regular expression for their refs.
 * @returns a containerd filter
 * @throws KindError 'invalid argument'
 */
export function ingestFilter(text: string): string {
  if (/^\s*"?[\w./-]+"?\s*(?:==|!=|~=)/.test(text)) return text;
  // The daemon matches nothing where it cannot read the expression, and does not say so.
  try {
    new RegExp(text.replace(/^\(\?[imsU]+\)/, ''));
  } catch (error) {
    throw new KindError('invalid argument', `invalid regular expression ${JSON.stringify(text)}`, {
      cause: error,
      hint: 'or a filter such as ref==NAME',
    });
  }
  return `ref~=${JSON.stringify(text)}`;
}
