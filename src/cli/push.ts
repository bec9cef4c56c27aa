import type { Client } from '../client/client.js';
import type { Descriptor, Platform } from '../oci/descriptor.js';
import type { Digest } from '../oci/digest.js';
import { hasKind, KindError, prefixed } from '../oci/errors.js';
import { parseReference, referenceRepository, type Reference } from '../oci/reference.js';
import { canTransfer } from '../ops/pull.js';
import { pushTarget, requirePlatform } from '../ops/push-target.js';
import type { CredentialSource } from '../remotes/credentials.js';
import { showProgress } from './progress.js';
import { authAnswer, flagCredentials, openRemote, requiresOwnClient, type RegistryFlags } from './remote.js';
import type { Session } from './session.js';

/** A push as a command's flags ask for it. */
export interface PushRequest {
  readonly ref: string;
  /** The image's name in the store. */
  readonly image: string;
  /** Push this instead of an image. */
  readonly manifest?: { readonly digest: Digest; readonly mediaType: string };
  readonly registry: RegistryFlags;
  /** Where to look for a login when none is given. */
  readonly credentials?: CredentialSource;
  readonly platforms: readonly Platform[];
  readonly local: boolean;
  readonly foreignLayers: boolean;
  readonly concurrency: number;
}

/**
 * Pushes an image, through the daemon where it can do what is asked, and shows the progress.
 * @returns what the name in the registry stands for now
 */
export async function push(session: Session, request: PushRequest): Promise<Descriptor> {
  const client = await session.client();
  const here = needsLocal(request) || !(await canTransfer(client));
  const target = await findTarget(client, request, here);
  const reference = readReference(request.ref);
  const credentials = (await flagCredentials(session, request.registry, reference)) ?? request.credentials;
  try {
    const parts = { client, reference, target, credentials };
    return await (here ? pushHere(session, request, parts) : pushThere(session, request, parts));
  } catch (error) {
    throw platformsAdvised(error, request);
  }
}

interface PushParts {
  readonly client: Client;
  readonly reference: Reference;
  readonly target: Descriptor;
  readonly credentials: CredentialSource | undefined;
}

async function pushHere(session: Session, request: PushRequest, parts: PushParts): Promise<Descriptor> {
  const { client, reference, credentials } = parts;
  if (!request.local) session.log.debug('pushing from tctr: the daemon cannot do what is asked');
  const target = await pushTarget(client, parts.target, request.platforms);
  const [{ pushImage }, remote] = await Promise.all([
    import('../ops/push-image.js'),
    openRemote(session, request.registry, credentials),
  ]);
  const { foreignLayers, concurrency } = request;
  const { signal } = session;
  try {
    await showProgress(
      session,
      pushImage({ client, remote, reference, target, foreignLayers, concurrency, signal }),
      'local',
    );
    return target;
  } finally {
    await remote.close();
  }
}

async function pushThere(session: Session, request: PushRequest, parts: PushParts): Promise<Descriptor> {
  const { client, reference, target, credentials } = parts;
  const { image, platforms, registry } = request;
  const [{ pushTransfer }] = await Promise.all([
    import('../ops/push-transfer.js'),
    requirePlatform(client, target, platforms),
  ]);
  const operation = pushTransfer({
    client,
    reference,
    image,
    platforms,
    hostsDir: registry['hosts-dir'] ?? '',
    plainHttp: registry['plain-http'],
    login: credentials && ((host, signal) => authAnswer(credentials, host, signal)),
    signal: session.signal,
  });
  await showProgress(session, operation, 'tree');
  return target;
}

/** What the daemon's transfer service cannot be asked for. */
function needsLocal({ local, registry, manifest, foreignLayers, concurrency }: PushRequest): boolean {
  return local || manifest !== undefined || foreignLayers || concurrency !== 0 || requiresOwnClient(registry);
}

/** What to push, before anybody is asked to take it. */
async function findTarget(client: Client, request: PushRequest, here: boolean): Promise<Descriptor> {
  const { manifest, image } = request;
  if (manifest) {
    const { size } = await client.content.info(manifest.digest);
    return { ...manifest, size, annotations: new Map() };
  }
  try {
    return (await client.images.get(image)).target;
  } catch (error) {
    throw here ? prefixed('unable to resolve image to manifest', error) : error;
  }
}

/** @throws KindError 'invalid argument' */
function readReference(ref: string): Reference {
  const hint = 'the full name: REGISTRY/REPOSITORY:TAG';
  let reference: Reference;
  try {
    reference = parseReference(ref);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    const message = `cannot push to ${JSON.stringify(ref)}: ${error.message}`;
    throw new KindError(error.kind, message, { cause: error, hint });
  }
  if (referenceRepository(reference) === '') {
    throw new KindError('invalid argument', `cannot push to ${JSON.stringify(ref)}: no repository`, { hint });
  }
  return reference;
}

/** An index whose other platforms were never pulled cannot go as a whole. */
function platformsAdvised(error: unknown, { platforms }: PushRequest): unknown {
  if (!(error instanceof KindError) || !hasKind(error, 'not found') || error.hint !== undefined) return error;
  if (!/^content digest \S+: not found$/.test(error.message)) return error;
  const missing = `the image is not all here: pull it with --all-platforms`;
  return new KindError(error.kind, error.message, {
    cause: error,
    hint: platforms.length > 0 ? missing : `${missing}, or push one with --local --platform OS/ARCH`,
  });
}
