import { BlockList, isIP } from 'node:net';
import { KindError } from '../../oci/errors.js';
import { bareHost, literalReach, splitPort } from './local-address.js';

/** Variables of the environment; the process's own unless a test says otherwise. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL by Go's rules (golang.org/x/net/http/httpproxy): the scheme's variable, upper case before lower,
 * NO_PROXY's exceptions, and never one for this machine.
 * @throws KindError 'invalid argument' if the variable holds no proxy URL
 */
export function findProxy(url: URL, env: Environment): URL | undefined {
  const value = url.protocol === 'https:' ? read(env, 'HTTPS_PROXY') : readHttpProxy(env);
  if (value === '' || !usesProxy(url, read(env, 'NO_PROXY'))) return undefined;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const proxy = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (proxy === undefined)
    throw new KindError('invalid argument', 'invalid proxy address in the environment');
  if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return proxy;
  throw new KindError('invalid argument', `proxy scheme ${proxy.protocol.slice(0, -1)} is not supported`);
}

/** Tells whether NO_PROXY leaves a URL to the proxy. */
export function usesProxy(url: URL, noProxy: string): boolean {
  const host = bareHost(url.hostname).toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || literalReach(host) === 'loopback') return false;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const entries = noProxy.split(',').map((entry) => entry.trim().toLowerCase());
  return !entries.some((entry) => matches(entry, host, port));
}

/** The Proxy-Authorization that a proxy URL's user stands for. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}

function read(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || '';
}

// A CGI's caller sets HTTP_PROXY by sending a "Proxy:" header, so that Go refuses it there.
function readHttpProxy(env: Environment): string {
  return env['REQUEST_METHOD'] ? '' : read(env, 'HTTP_PROXY');
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return inNetwork(entry, host);
  const { hostname: name, port: wantedPort } = splitPort(entry);
  if (wantedPort !== '' && wantedPort !== port) return false;
  if (isIP(name) !== 0) return name === host;
  if (name === '') return false;
  const domain = name.startsWith('*.') ? name.slice(1) : name;
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function inNetwork(entry: string, host: string): boolean {
  const [network = '', prefix = ''] = entry.split('/', 2);
  const family = isIP(network);
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
  if (family === 0 || isIP(host) !== family || !(bits <= (family === 4 ? 32 : 128))) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
