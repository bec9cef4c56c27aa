import { setMaxListeners } from 'node:events';
import type { Descriptor } from '../oci/descriptor.js';
import { KindError } from '../oci/errors.js';
import { formatReference, type Reference, referenceHost, requireObject } from '../oci/reference.js';
import { type Clock, systemClock } from './clock.js';
import { type CredentialSource, noCredentials } from './credentials.js';
import { Endpoint } from './endpoint.js';
import type { Services } from './services.js';
import { NetworkError, prefixError, RemoteError } from './errors.js';
import type { HttpEvent, Listener, RemoteEvent } from './events.js';
import { fetchContent } from './fetcher.js';
import { findHosts } from './hosts/hosts.js';
import { defaultLimits, type Limits, maxManifestSize } from './limits.js';
import { Pools } from './http/pools.js';
import type { Environment } from './http/proxy.js';
import { type Resolved, resolveReference } from './resolver.js';
import { defaultTls, type TlsSettings } from './tls-settings.js';
import { createTransport } from './http/transport.js';
import type { Pushed } from './push/push-request.js';

/** How to reach registries. */
export interface RemoteOptions {
  /** ctr's `--hosts-dir`. */
  readonly hostsDir?: string;
  /** ctr's `--plain-http`: no TLS at all. */
  readonly plainHttp?: boolean;
  /** Of `loadTlsFlags`. */
  readonly tls?: TlsSettings;
  readonly credentials?: CredentialSource;
  /** Hosts besides the registry's own domain that may be sent the password as token servers. */
  readonly authRealms?: readonly string[];
  /** Ends everything of this remote. */
  readonly signal?: AbortSignal;
  readonly onEvent?: Listener<RemoteEvent>;
  /** `--http-dump` and `--http-trace`, redacted. */
  readonly onHttp?: Listener<HttpEvent>;
  readonly limits?: Partial<Limits>;
  /** For the proxies' variables; the process's by default. */
  readonly env?: Environment;
  readonly userAgent?: string;
  readonly clock?: Clock;
  /** From 0 up to 1, for the jitter of pauses. */
  readonly random?: () => number;
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

interface ResolveOptions extends CallOptions {
  /** Look for a digest among the blobs only, as `ctr content fetch-blob` does. */
  readonly blobsOnly?: boolean;
}

interface FetchOptions extends CallOptions {
  /** The first byte wanted; 0 by default. */
  readonly offset?: bigint | number;
  /** Check the digest too (true by default); off where the content store does so anyway. */
  readonly verify?: boolean;
}

interface PushOptions extends CallOptions {
  /** Repositories of the same registry that may have the blob, so that it need not be sent. */
  readonly mountFrom?: readonly string[];
  /** Told of the bytes sent so far; from 0 again when they are sent again. */
  readonly onSent?: (bytes: number) => void;
}

/** A client of registries for one command; its connections and tokens are kept until it is closed. */
export interface Remote {
  /**
   * What a reference stands for now.
   * @throws RemoteError with ctr's text `failed to resolve reference "R": …`
   */
  resolve(reference: Reference, options?: ResolveOptions): Promise<Resolved>;
  /** The bytes of a descriptor of that reference's repository: see `fetchContent`. */
  fetch(reference: Reference, descriptor: Descriptor, options?: FetchOptions): AsyncIterable<Uint8Array>;
  /** All bytes of a small content at once, a manifest or an image config, verified. */
  fetchBytes(reference: Reference, descriptor: Descriptor, options?: CallOptions): Promise<Uint8Array>;
  /**
   * Pushes one content into a reference's repository. A manifest takes the reference's tag; with `@` and another digest, or
   * without a tag, its digest alone. What it refers to has to be there first: the registry refuses it else.
   * @param open gives the bytes from their start, again where they have to be sent again; read no faster than they are sent
   * @throws RemoteError in ctr's words; what `open` threw
   */
  push(
    reference: Reference,
    descriptor: Descriptor,
    open: () => AsyncIterable<Uint8Array>,
    options?: PushOptions,
  ): Promise<Pushed>;
  close(): Promise<void>;
}

/** Makes a client of registries. Nothing is connected before the first request. */
export function createRemote(options: RemoteOptions = {}): Remote {
  const {
    plainHttp = false,
    tls = defaultTls,
    credentials = noCredentials,
    onEvent = () => undefined,
  } = options;
  const closing = new AbortController();
  const own =
    options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal]);
  // Every download under way listens to it.
  setMaxListeners(0, own);
  const withOwn = (signal?: AbortSignal) => (signal === undefined ? own : AbortSignal.any([own, signal]));
  const services = makeServices(options, own);
  const { hostsDir } = options;
  const hostsOptions = {
    plainHttp,
    tls,
    hasLogin: credentials.isExplicit,
    ...(hostsDir ? { hostsDir } : {}),
  };
  const endpoints = new Map<string, Promise<readonly Endpoint[]>>();
  const endpointsOf = (registry: string) => {
    const known = endpoints.get(registry);
    if (known !== undefined) return known;
    const made = findHosts(registry, hostsOptions).then((hosts) =>
      hosts.map((host) => new Endpoint(host, services)),
    );
    endpoints.set(registry, made);
    return made;
  };

  async function* fetch(reference: Reference, descriptor: Descriptor, fetchOptions: FetchOptions = {}) {
    yield* fetchContent({
      reference,
      descriptor,
      endpoints: await endpointsOf(referenceHost(reference)),
      offset: Number(fetchOptions.offset ?? 0),
      verify: fetchOptions.verify ?? true,
      clock: services.clock,
      onEvent,
      signal: withOwn(fetchOptions.signal),
    });
  }

  return {
    async resolve(reference, { signal, blobsOnly = false } = {}) {
      const wanted = withOwn(signal);
      try {
        requireObject(reference);
        return await resolveReference(reference, {
          endpoints: await endpointsOf(referenceHost(reference)),
          blobsOnly,
          onEvent,
          signal: wanted,
        });
      } catch (error) {
        wanted.throwIfAborted();
        const name = JSON.stringify(formatReference(reference));
        throw error instanceof KindError
          ? prefixError(`failed to resolve reference ${name}: `, error)
          : error;
      }
    },
    fetch,
    async fetchBytes(reference, descriptor, callOptions) {
      if (descriptor.size > BigInt(maxManifestSize)) {
        const message = `content ${descriptor.digest} of ${descriptor.size} bytes is too large to be read at once`;
        throw new RemoteError('out of range', message);
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of fetch(reference, descriptor, callOptions)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    async push(reference, descriptor, open, { signal, mountFrom = [], onSent = () => undefined } = {}) {
      const { pushContent, pushEndpoint } = await import('./push/push-content.js');
      const endpoint = pushEndpoint(await endpointsOf(referenceHost(reference)), reference);
      const wanted = withOwn(signal);
      return pushContent({
        reference,
        descriptor,
        open,
        mountFrom,
        onSent,
        endpoint,
        services,
        signal: wanted,
      });
    },
    async close() {
      closing.abort(new NetworkError('other', 'remote closed'));
      await services.transport.close();
    },
  };
}

function makeServices(options: RemoteOptions, signal: AbortSignal): Services {
  const { env = process.env, userAgent, onHttp, onEvent = () => undefined } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const http = onHttp === undefined ? {} : { onHttp };
  const pools = new Pools({ limits, env, ...http });
  return {
    transport: createTransport({ pools, ...http, ...(userAgent === undefined ? {} : { userAgent }) }),
    credentials: options.credentials ?? noCredentials,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    limits,
    plainHttp: options.plainHttp ?? false,
    authRealms: options.authRealms ?? [],
    onEvent,
    signal,
  };
}
