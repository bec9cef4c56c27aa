import { ProcessDetails } from '../gen/types/runc/options/oci.js';
import type { ProcessInfo } from './tasks.js';
import { unpack } from './typeurl.js';

/** The exec that a listed process is, as runc's shim says; undefined for the init process. */
export function execIdOf({ info }: ProcessInfo): string | undefined {
  return unpack(ProcessDetails, info)?.execId;
}
