import type { Reference } from '../oci/reference.js';
import type { Remote } from '../remotes/remote.js';
import { flagCredentials, openRemote, type RegistryFlags } from './remote.js';
import type { Session } from './session.js';

/** Works with a registry client as the flags say, and closes it. */
export async function withRemote<T>(
  session: Session,
  flags: RegistryFlags,
  reference: Reference,
  work: (remote: Remote) => Promise<T>,
): Promise<T> {
  const remote = await openRemote(session, flags, await flagCredentials(session, flags, reference));
  try {
    return await work(remote);
  } finally {
    await remote.close();
  }
}
