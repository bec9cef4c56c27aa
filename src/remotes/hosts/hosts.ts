import { KindError } from '../../oci/errors.js';
import { readHostsDirectory, readPem } from './hosts-dir.js';
import type { HostEntry } from './hosts-file.js';
import { isLoopbackRegistry, splitPort } from '../http/local-address.js';
import { allCapabilities, type RegistryHost } from './registry-host.js';
import { checkPair, holdsCertificates } from '../tls-flags.js';
import type { ClientPair, TlsSettings } from '../tls-settings.js';

/** What decides where a registry's content is looked for. */
export interface HostsOptions {
  readonly hostsDir?: string;
  readonly plainHttp: boolean;
  readonly tls: TlsSettings;
  /** The user gave a login: a loopback registry is then verified and never spoken to in clear unasked. */
  readonly hasLogin: boolean;
}

const bareEntry: HostEntry = { capabilities: allCapabilities, ca: [], client: [], headers: [] };

/**
 * The hosts that serve a registry, in the order to ask them (containerd `config.ConfigureHosts`).
 * @throws KindError 'invalid argument' where the hosts directory cannot be read
 */
export async function findHosts(registry: string, options: HostsOptions): Promise<readonly RegistryHost[]> {
  const { hostsDir } = options;
  const entries = hostsDir ? await readHostsDirectory(hostsDir, registry) : undefined;
  return Promise.all((entries ?? [bareEntry]).map((entry) => makeHost(registry, entry, options)));
}

async function makeHost(registry: string, entry: HostEntry, options: HostsOptions): Promise<RegistryHost> {
  const place = entry.server ?? defaultPlace(registry, options.plainHttp);
  const upstream = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const isMirror = place.host !== registry && place.host !== upstream;
  // The flags' client certificate is meant for the registry that the user named.
  const tls = await readTls(entry, isMirror ? { ...options.tls, clientPairs: [] } : options.tls);
  const hasVerification = tls.roots !== undefined || tls.extraRoots.length > 0 || tls.clientPairs.length > 0;
  const isGuessed = entry.server === undefined && isLoopbackRegistry(registry) && !options.plainHttp;
  // A header of hosts.toml can be a secret as much as a login is.
  const hasSecret = options.hasLogin || entry.headers.length > 0;
  const isTrusted = !hasSecret && !hasVerification && entry.skipVerify === undefined;
  const port = splitPort(registry).port;
  return {
    ...place,
    capabilities: entry.capabilities,
    headers: entry.headers,
    tls: isGuessed && isTrusted && tls.skipVerify === 'no' ? { ...tls, skipVerify: 'loopback' } : tls,
    // ctr: `ctr images pull localhost:5000/x` tries https without verification, then http; 443 is https only.
    mayFallBack: isGuessed && isTrusted && place.scheme === 'https' && port !== '' && port !== '443',
    credentialHost: entry.server === undefined || !isMirror ? registry : place.host,
    ...(isMirror ? { namespace: registry } : {}),
    ...(entry.dialTimeoutMs === undefined ? {} : { dialTimeoutMs: entry.dialTimeoutMs }),
  };
}

function defaultPlace(registry: string, plainHttp: boolean): NonNullable<HostEntry['server']> {
  if (registry === 'docker.io') return { scheme: 'https', host: 'registry-1.docker.io', path: '/v2' };
  const isClear = plainHttp || (isLoopbackRegistry(registry) && splitPort(registry).port === '80');
  return { scheme: isClear ? 'http' : 'https', host: registry, path: '/v2' };
}

async function readTls(entry: HostEntry, flags: TlsSettings): Promise<TlsSettings> {
  const extraRoots = await Promise.all(entry.ca.map(readRoot));
  const clientPairs = await Promise.all(entry.client.map(readPair));
  const own = entry.skipVerify === undefined ? flags.skipVerify : entry.skipVerify ? 'host' : 'no';
  return {
    ...flags,
    extraRoots: [...flags.extraRoots, ...extraRoots],
    clientPairs: [...flags.clientPairs, ...clientPairs],
    skipVerify: own,
  };
}

async function readRoot(file: string): Promise<string> {
  const pem = await readPem(file, 'CA cert');
  if (holdsCertificates(pem)) return pem;
  throw new KindError('invalid argument', `unable to load CA cert ${JSON.stringify(file)}`);
}

async function readPair([certFile, keyFile]: readonly [string, string]): Promise<ClientPair> {
  const cert = await readPem(certFile, 'CERT file');
  const pair = { cert, key: keyFile === '' ? cert : await readPem(keyFile, 'CERT file') };
  try {
    checkPair(pair);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `failed to load X509 key pair ${JSON.stringify(certFile)}: tls: ${reason}`;
    throw new KindError('invalid argument', message, { cause });
  }
  return pair;
}
