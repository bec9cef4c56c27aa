import type { Client } from '../client/client.js';
import type { Platform } from '../oci/descriptor.js';
import { prefixed } from '../oci/errors.js';
import { parseReference, requireObject, type Reference } from '../oci/reference.js';
import { namespaceDefaults } from '../ops/defaults.js';
import { canTransfer } from '../ops/pull.js';
import type { PullOptions } from '../ops/pull-local.js';
import type { CredentialSource } from '../remotes/credentials.js';
import { showProgress } from './progress.js';
import { authAnswer, flagCredentials, openRemote, requiresOwnClient, type RegistryFlags } from './remote.js';
import type { Session } from './session.js';

/** A pull as a command's flags ask for it. */
export interface PullRequest {
  readonly ref: string;
  readonly registry: RegistryFlags;
  /** Where to look for a login when none is given. */
  readonly credentials?: CredentialSource;
  /** Empty for the namespace's default. */
  readonly snapshotter: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly platforms: readonly Platform[];
  readonly allMetadata: boolean;
  readonly local: boolean;
  readonly printChainId: boolean;
  readonly concurrency: number;
  readonly syncFs: boolean;
}

/** Pulls an image, through the daemon where it can do what is asked, and shows the progress. */
export async function pull(session: Session, request: PullRequest): Promise<void> {
  const client = await session.client();
  const here = needsLocal(request) || !(await daemonCan(client));
  const reference = readReference(request.ref, here);
  const given = await flagCredentials(session, request.registry, reference);
  const credentials = given ?? request.credentials;
  const { platforms, labels, allMetadata, syncFs, snapshotter } = request;
  const common = {
    client,
    reference: request.ref,
    platforms,
    labels,
    allMetadata,
    syncFs,
    signal: session.signal,
  };
  if (here) {
    if (!request.local) session.log.debug('pulling in tctr: the daemon cannot do what is asked');
    await pullHere(session, request, common, credentials);
  } else await pullThere(session, request, { ...common, snapshotter }, credentials);
}

/** Asks the daemon, and loads meanwhile what will most likely be needed. */
async function daemonCan(client: Client): Promise<boolean> {
  const [can] = await Promise.all([canTransfer(client), import('../ops/pull-transfer.js')]);
  return can;
}

async function pullHere(
  session: Session,
  request: PullRequest,
  common: Omit<PullOptions, 'snapshotter'>,
  credentials: CredentialSource | undefined,
): Promise<void> {
  const [{ pullLocal }, remote, snapshotter] = await Promise.all([
    import('../ops/pull-local.js'),
    openRemote(session, request.registry, credentials),
    chosenSnapshotter(common.client, request.snapshotter),
  ]);
  const { concurrency, printChainId } = request;
  try {
    await showProgress(
      session,
      pullLocal({ ...common, snapshotter, remote, concurrency, printChainId }),
      'local',
    );
  } finally {
    await remote.close();
  }
}

async function pullThere(
  session: Session,
  request: PullRequest,
  common: PullOptions,
  credentials: CredentialSource | undefined,
): Promise<void> {
  const { pullTransfer } = await import('../ops/pull-transfer.js');
  const operation = pullTransfer({
    ...common,
    hostsDir: request.registry['hosts-dir'] ?? '',
    plainHttp: request.registry['plain-http'],
    login: credentials && ((host, signal) => authAnswer(credentials, host, signal)),
  });
  await showProgress(session, operation, 'tree');
}

/** What the daemon's transfer service cannot be asked for. */
function needsLocal({ local, registry, printChainId, concurrency }: PullRequest): boolean {
  return local || printChainId || concurrency > 0 || requiresOwnClient(registry);
}

async function chosenSnapshotter(client: Client, given: string): Promise<string> {
  return given || (await namespaceDefaults(client)).snapshotter;
}

function readReference(ref: string, here: boolean): Reference {
  try {
    return requireObject(parseReference(ref));
  } catch (error) {
    throw prefixed(
      here ? `failed to resolve reference ${JSON.stringify(ref)}` : 'failed to resolve image',
      error,
    );
  }
}
