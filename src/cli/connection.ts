import { Client } from '../client/client.js';
import { KindError } from '../oci/errors.js';
import { safe } from '../output/safe.js';
import { version } from '../version.js';
import type { Session } from './session.js';

/**
 * Connects as the global flags say. Gives back what killed tctr processes have left on this daemon first,
 * so that no command sees it; there seldom is any, and looking costs a readdir.
 */
export async function openClient(session: Session): Promise<Client> {
  const { address, namespace, connectTimeout } = session.globals;
  const client = await Client.connect({
    address,
    namespace,
    connectTimeout,
    userAgent: `tctr/${version}`,
    signal: session.signal,
  });
  await reap(session, client);
  return client;
}

async function reap(session: Session, client: Client): Promise<void> {
  const { orphans } = await import('../ops/journal.js');
  const found = await orphans(client.address);
  if (found.length === 0) return;
  const { reapOrphans } = await import('../ops/reap.js');
  await reapOrphans(client, found).catch((error: unknown) => {
    // The user's own command matters more; the next run tries again.
    if (!(error instanceof KindError)) throw error;
    session.log.debug('cannot clean up behind a killed tctr', { error: error.message });
  });
}

/**
 * Asks the daemon for what it will not support for long, and warns (ctr 1.7 and later do before every
 * command). Asked for side by side with the command's own calls; silent where the daemon cannot say.
 */
export async function warnOfDeprecations(session: Session, client: Client): Promise<void> {
  if (/^(?:1|t|true)$/i.test(session.env['CONTAINERD_SUPPRESS_DEPRECATION_WARNINGS'] ?? '')) return;
  try {
    const { deprecations } = await client.introspection.server({ timeout: 2_000 });
    for (const { message } of deprecations) session.log.warning(`DEPRECATION: ${safe(message)}`);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    session.log.debug('failed to check deprecations', { error: error.message });
  }
}
