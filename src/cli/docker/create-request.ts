import { packRuncOptions } from '../../client/runtime-options.js';
import type { Client } from '../../client/client.js';
import { normalizeDockerReference } from '../../oci/docker-reference.js';
import { hasKind, KindError } from '../../oci/errors.js';
import { defaultPlatform } from '../../oci/platform.js';
import type { Platform } from '../../oci/descriptor.js';
import { stopSignalLabel } from '../../oci/spec/labels.js';
import { parseLabelArguments } from '../../output/labels.js';
import type { CreateContainerOptions } from '../../ops/create-container.js';
import { findImage } from '../../ops/find-image.js';
import { imageForPlatform } from '../../ops/image-for-platform.js';
import { restartLabels } from '../../ops/restart-labels.js';
import { taskLogUri } from '../../ops/task-log.js';
import { UsageError } from '../errors.js';
import { readPlatforms } from '../platforms.js';
import type { Session } from '../session.js';
import { pullImage } from './pull-image.js';
import { randomName } from './random-name.js';
import { dockerSpec, type DockerContainerFlags } from './spec-request.js';

/** A container as docker's `run` and `create` ask for it, and where its output goes in the background. */
export interface DockerCreate {
  readonly create: CreateContainerOptions;
  readonly log: string;
}

/** Reads the flags, and pulls the image where it is missing. @throws KindError */
export async function dockerCreate(
  session: Session,
  flags: DockerContainerFlags,
  words: readonly string[],
): Promise<DockerCreate> {
  const [image = '', ...args] = words;
  const id = flags.name ?? randomName();
  const platform =
    readPlatforms(flags.platform === undefined ? [] : [flags.platform], false)[0] ?? defaultPlatform();
  const spec = dockerSpec(flags, id, session.env);
  const client = await session.client();
  const log = taskLogUri({ namespace: client.namespace, id });
  await requireFreeName(client, id);
  const restart = restartLabels(flags.restart, log);
  const ref = await imageName(session, client, flags, image, platform);
  const labels = new Map([
    ...parseLabelArguments(flags.label),
    ['tctr/log-uri', log] as const,
    ...restart,
    ...(flags['stop-signal'] === undefined ? [] : [[stopSignalLabel, flags['stop-signal']] as const]),
  ]);
  const create: CreateContainerOptions = {
    client,
    id,
    from: { kind: 'image', ref, platform },
    args: await commandLine(client, { ref, platform, entrypoint: flags.entrypoint, args }),
    spec,
    user: flags.user,
    labels,
    runtime: flags.runtime ?? '',
    runtimeOptions: (runtime) => (runtime === 'io.containerd.runc.v2' ? packRuncOptions({}) : undefined),
    snapshotter: flags.snapshotter ?? '',
    snapshotterLabels: new Map(),
    sandbox: '',
    signal: session.signal,
    onSkippedLabel: ({ key, reason }) =>
      session.log.warning(`the image's label ${key} is left out`, { reason }),
  };
  return { create, log };
}

/** Before an image is pulled for nothing. */
async function requireFreeName(client: Client, id: string): Promise<void> {
  try {
    await client.containers.get(id);
  } catch (error) {
    if (hasKind(error, 'not found') || hasKind(error, 'invalid argument')) return;
    throw error;
  }
  throw new KindError(
    'already exists',
    `Conflict. The container name ${JSON.stringify(id)} is already in use`,
    {
      hint: 'remove it, or choose another --name',
    },
  );
}

/** The image's full name here; it is pulled where that is called for. */
async function imageName(
  session: Session,
  client: Client,
  flags: DockerContainerFlags,
  word: string,
  platform: Platform,
): Promise<string> {
  const when = flags.pull;
  if (when !== 'missing' && when !== 'always' && when !== 'never') {
    throw new UsageError(`invalid pull option: '${when}': must be one of "always", "missing" or "never"`);
  }
  const here = when === 'always' ? undefined : await localName(client, word, platform);
  if (here !== undefined) return here;
  if (when === 'never') throw new KindError('not found', `No such image: ${word}`);
  const ref = normalizeDockerReference(word);
  session.log.debug('pulling', { ref });
  const registry = { ...noRegistryFlags, 'hosts-dir': flags['hosts-dir'] };
  await pullImage(session, { ref, platforms: [platform], registry, progress: 'stderr' });
  return ref;
}

const noRegistryFlags = {
  'skip-verify': false,
  'plain-http': false,
  user: undefined,
  refresh: undefined,
  'auth-realm': [],
  tlscacert: undefined,
  tlscert: undefined,
  tlskey: undefined,
  'http-dump': false,
  'http-trace': false,
  json: undefined,
};

/** The name of an image that is here, with all that the platform needs. */
async function localName(client: Client, word: string, platform: Platform): Promise<string | undefined> {
  try {
    const found = await findImage(client, word);
    const name = found.by === 'name' ? found.image.name : found.images[0]?.image.name;
    if (name !== undefined) await imageForPlatform(client, name, platform);
    return name;
  } catch (error) {
    if (error instanceof KindError && error.kind === 'not found') return undefined;
    throw error;
  }
}

/** docker: arguments replace the image's command, and follow its entrypoint; --entrypoint replaces both. */
async function commandLine(
  client: Client,
  options: {
    readonly ref: string;
    readonly platform: Platform;
    readonly entrypoint: string | undefined;
    readonly args: readonly string[];
  },
): Promise<readonly string[]> {
  const { ref, platform, entrypoint, args } = options;
  const { process } = (await imageForPlatform(client, ref, platform)).config;
  const line =
    entrypoint === undefined
      ? [...process.entrypoint, ...(args.length > 0 ? args : process.cmd)]
      : [...(entrypoint === '' ? [] : [entrypoint]), ...args];
  if (line.length === 0) throw new KindError('invalid argument', 'no command specified');
  return line;
}
