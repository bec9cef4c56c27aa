import type { CallOptions } from '../client/call.js';

/**
 * For short calls that make something which has to be given back. An interrupted call may still be carried out by the
 * daemon, after the clean-up has found nothing to remove; so it is waited for, and what comes next is interrupted.
 */
export const uninterrupted: CallOptions = { signal: new AbortController().signal };
