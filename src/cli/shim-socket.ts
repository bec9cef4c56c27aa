import { shimDebugSocket, type ShimRef } from '../client/shim.js';
import { socketPath } from '../client/connect.js';
import { UsageError } from './errors.js';
import type { Session } from './session.js';

/** The container whose shim is meant. */
export function shimRef({ globals }: Session, id: string): ShimRef {
  return { address: socketPath(globals.address), namespace: globals.namespace, id };
}

/** Where the shim of --id debugs. @throws UsageError in ctr's words */
export function debugSocketOf(session: Session, id: string | undefined): string {
  if (!id) throw new UsageError('container id must be provided', { hint: 'shim --id ID pprof …' });
  return shimDebugSocket(shimRef(session, id));
}
