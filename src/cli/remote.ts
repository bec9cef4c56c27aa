import type { InferredFlags } from '@oclif/core/interfaces';
import type { AuthAnswer } from '../client/transfer-streams.js';
import { referenceHost, type Reference } from '../oci/reference.js';
import { safe } from '../output/safe.js';
import type { CredentialSource } from '../remotes/credentials.js';
import type { HttpEvent, RemoteEvent } from '../remotes/events.js';
import type { Remote } from '../remotes/remote.js';
import { version } from '../version.js';
import { UsageError } from './errors.js';
import type { Logger } from './log.js';
import { askPassword } from './password.js';
import type { registryFlags } from './registry-flags.js';
import type { Session } from './session.js';

/** The values of {@link registryFlags}. */
export type RegistryFlags = InferredFlags<typeof registryFlags>;

/** The login of `-u` and `--refresh`, asked for where it lacks a password; undefined when neither is given. */
export async function flagCredentials(
  session: Session,
  flags: RegistryFlags,
  reference: Reference,
): Promise<CredentialSource | undefined> {
  const { user, refresh } = flags;
  if (user === undefined && refresh === undefined) return undefined;
  const { staticCredentials } = await import('../remotes/credentials.js');
  const login = user === undefined || user.includes(':') ? user : `${user}:${await askPassword(session)}`;
  return staticCredentials({
    host: referenceHost(reference),
    ...(login === undefined ? {} : { user: login }),
    ...(refresh === undefined ? {} : { refreshToken: refresh }),
  });
}

/** Whether flags ask for what only tctr's own registry client can do, not the daemon's transfer service. */
export function requiresOwnClient(flags: RegistryFlags): boolean {
  const names = ['skip-verify', 'tlscacert', 'tlscert', 'tlskey', 'http-dump', 'http-trace'] as const;
  return flags['auth-realm'].length > 0 || names.some((name) => Boolean(flags[name]));
}

/** A source's login for a host, as the daemon's transfer service asks for it. */
export async function authAnswer(
  credentials: CredentialSource,
  host: string,
  signal: AbortSignal,
): Promise<AuthAnswer> {
  const found = await credentials.find(host, signal);
  switch (found?.kind) {
    case 'password':
      return { kind: 'password', username: found.username, password: found.password };
    case 'refresh-token':
      return { kind: 'refresh-token', token: found.token };
    default:
      return { kind: 'none' };
  }
}

/** A registry client as the flags say; what it has to tell goes to the log. */
export async function openRemote(
  session: Session,
  flags: RegistryFlags,
  credentials: CredentialSource | undefined,
): Promise<Remote> {
  const [{ createRemote }, { loadTlsFlags }] = await Promise.all([
    import('../remotes/remote.js'),
    import('../remotes/tls-flags.js'),
  ]);
  const tls = await loadTlsFlags({
    skipVerify: flags['skip-verify'],
    ...(flags.tlscacert === undefined ? {} : { caFile: flags.tlscacert }),
    ...(flags.tlscert === undefined ? {} : { certFile: flags.tlscert }),
    ...(flags.tlskey === undefined ? {} : { keyFile: flags.tlskey }),
  });
  const { log } = session;
  return createRemote({
    plainHttp: flags['plain-http'],
    tls,
    signal: session.signal,
    userAgent: `tctr/${version}`,
    onEvent: (event) => logRemoteEvent(log, event),
    authRealms: flags['auth-realm'].map(realmHost),
    ...(flags['hosts-dir'] === undefined ? {} : { hostsDir: flags['hosts-dir'] }),
    ...(credentials ? { credentials } : {}),
    ...(flags['http-dump'] || flags['http-trace']
      ? { onHttp: (event: HttpEvent) => logHttpEvent(log, flags, event) }
      : {}),
  });
}

/** A token server's host as URLs have it: lower case, without https's own port. @throws UsageError */
function realmHost(text: string): string {
  const url = `https://${text}`;
  const host = /^[^/?#@\\\s]+$/.test(text) && URL.canParse(url) ? new URL(url).host : '';
  if (host === '') {
    throw new UsageError(`--auth-realm ${JSON.stringify(text)} is not a host`, {
      hint: 'HOST or HOST:PORT, such as auth.example.com',
    });
  }
  return host;
}

function logRemoteEvent(log: Logger, event: RemoteEvent): void {
  switch (event.type) {
    case 'host-failed': {
      const { host, method, url, last, error, status } = event;
      const why = error ?? status ?? '';
      if (!last) log.info(`trying next host: ${host} failed`, { error: safe(why), method, url });
      else log.debug('fetch failed', { error: safe(why), host, method, url });
      break;
    }
    case 'retry':
      log.warning(
        `${event.host}: ${safe(event.reason)}; try ${event.attempt} in ${(event.delayMs / 1000).toFixed(1)} s`,
      );
      break;
    case 'resume':
      log.info(`${event.host}: ${safe(event.reason)}; going on at byte ${event.offset}`);
      break;
    case 'warning':
      log.warning(`${event.host}: ${safe(event.text)}`);
      break;
    case 'https-first':
    case 'http-fallback':
      log.debug(event.type, { host: event.host });
      break;
  }
}

function logHttpEvent(log: Logger, flags: RegistryFlags, event: HttpEvent): void {
  if (event.type === 'connected') {
    if (flags['http-trace'])
      log.debug('connected', { host: event.host, address: event.address, protocol: event.protocol });
  } else if (flags['http-dump']) for (const line of event.lines) log.info(safe(line));
}
