import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { KindError } from '../oci/errors.js';
import type { Credential, CredentialSource } from './credentials.js';
import { type DockerConfig, findStoredLogin, parseDockerConfig } from './auth/docker-config-file.js';
import { errorCode, goFileError } from './go-file-error.js';
import { maxConfigFile } from './limits.js';

interface DockerConfigOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file; by default where docker's own is. */
  readonly file?: string;
  readonly onWarning?: (text: string) => void;
}

const hubKey = 'https://index.docker.io/v1/';

/**
 * The logins that `docker login` keeps: `DOCKER_AUTH_CONFIG`, or `config.json` in `DOCKER_CONFIG` or ~/.docker. A host's
 * own helper goes before the store, the store before `auths`. Read when first asked.
 */
export function dockerConfigCredentials(options: DockerConfigOptions): CredentialSource {
  let loading: Promise<DockerConfig> | undefined;
  return {
    isExplicit: false,
    async find(host, signal) {
      const config = await (loading ??= load(options));
      const helper = config.helpers.get(host) ?? config.helpers.get(serverKey(host)) ?? config.store;
      if (helper === undefined) return findStoredLogin(config.auths, serverKey(host));
      const asked = await askHelperFor(helper, serverKey(host), options.env, signal);
      // docker's own look-up goes on in the file where the store knows nothing.
      return asked ?? findStoredLogin(config.auths, serverKey(host));
    },
  };
}

/** The key that docker login stores a registry's login under. */
export function serverKey(host: string): string {
  return host === 'docker.io' || host === 'index.docker.io' || host === 'registry-1.docker.io'
    ? hubKey
    : host;
}

async function askHelperFor(
  name: string,
  serverUrl: string,
  env: DockerConfigOptions['env'],
  signal: AbortSignal,
): Promise<Credential | undefined> {
  const { askHelper } = await import('./auth/credential-helper.js');
  const login = await askHelper({ name, serverUrl, env, signal });
  if (login === undefined || login.secret === '') return undefined;
  // docker-credential-helpers: this name says that the secret is an identity token.
  if (login.username === '<token>') return { kind: 'refresh-token', username: '', token: login.secret };
  return { kind: 'password', username: login.username, password: login.secret };
}

async function load({ env, file, onWarning }: DockerConfigOptions): Promise<DockerConfig> {
  const inline = env['DOCKER_AUTH_CONFIG'];
  if (file === undefined && inline) return parseDockerConfig(inline, 'DOCKER_AUTH_CONFIG');
  const path = file ?? join(env['DOCKER_CONFIG'] || join(env['HOME'] || homedir(), '.docker'), 'config.json');
  const text = await read(path, onWarning);
  return parseDockerConfig(text ?? '{}', path);
}

async function read(path: string, onWarning: DockerConfigOptions['onWarning']): Promise<string | undefined> {
  try {
    const { size, uid, mode } = await stat(path);
    if (size > maxConfigFile)
      throw new KindError('invalid argument', `${path} is larger than ${maxConfigFile} bytes`);
    // It can name programs to run.
    if ((mode & 0o022) !== 0) onWarning?.(`${path} can be written by others`);
    if (uid !== process.getuid?.() && uid !== 0) onWarning?.(`${path} belongs to another user`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error instanceof KindError ? error : goFileError('', path, error);
  }
}
