import type { Client } from '../client/client.js';
import { prefixed } from '../oci/errors.js';
import { parseReference, requireObject, type Reference } from '../oci/reference.js';
import { fetch } from '../ops/fetch.js';
import type { RegistryFlags } from './remote.js';
import type { Session } from './session.js';
import { withRemote } from './with-remote.js';

/** As if none of the registry's flags were given. */
const noFlags: RegistryFlags = {
  json: undefined,
  'skip-verify': false,
  'plain-http': false,
  user: undefined,
  refresh: undefined,
  'auth-realm': [],
  'hosts-dir': undefined,
  tlscacert: undefined,
  tlscert: undefined,
  tlskey: undefined,
  'http-dump': false,
  'http-trace': false,
};

/** Fetches everything that a name stands for into the store, and says nothing of it. */
export async function fetchQuietly(session: Session, client: Client, ref: string): Promise<void> {
  const reference = readReference(ref);
  await withRemote(session, noFlags, reference, async (remote) => {
    const { signal } = session;
    const fetching = fetch({
      client,
      remote,
      reference,
      platforms: [],
      labels: new Map(),
      allMetadata: true,
      metadataOnly: false,
      signal,
    });
    while (!(await fetching.next()).done);
  });
}

function readReference(text: string): Reference {
  try {
    return requireObject(parseReference(text));
  } catch (error) {
    throw prefixed(`failed to resolve reference ${JSON.stringify(text)}`, error);
  }
}
