import { Client } from '../client/client.js';
import { version } from '../version.js';
import type { Session } from './session.js';

/** Connects as the global flags say. */
export async function openClient(session: Session): Promise<Client> {
  const { address, namespace, connectTimeout } = session.globals;
  return Client.connect({
    address,
    namespace,
    connectTimeout,
    userAgent: `tctr/${version}`,
    signal: session.signal,
  });
}
