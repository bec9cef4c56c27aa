import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { BuiltImage, StoredContent } from './content.js';
import { WireRecord, type RecordedRequest } from './record.js';
import { serveContent } from './serve.js';

/** What a rule sees of a request. */
export interface FaultContext {
  readonly request: RecordedRequest;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** What a clean registry would serve; undefined where it would say 404. */
  readonly content: StoredContent | undefined;
}

/** Misbehaves, or returns `pass` to leave the request to the next rule. */
export type Fault = (context: FaultContext) => 'pass' | void | Promise<'pass' | void>;

/** Which requests a fault is for; everything if nothing is said. */
export interface FaultMatch {
  readonly method?: string;
  /** Part of the path or a pattern of it. */
  readonly path?: string | RegExp;
  /** How often, without end by default. */
  readonly times?: number;
}

/** A registry in this process, clean unless told otherwise by rules. */
export interface TestRegistry extends Pick<WireRecord, 'requests' | 'wire' | 'connections'> {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** Adds a rule behind those that are there. */
  on(match: FaultMatch, fault: Fault): void;
  /** Reads nothing of what is sent to such a path, and says nothing. */
  stall(path: string): void;
  /** Stores an image under a repository, tagged or not. */
  push(repository: string, image: BuiltImage, tag?: string): void;
  /** Stores bytes under a repository by digest or tag. */
  put(repository: string, key: string, content: StoredContent): void;
  close(): Promise<void>;
}

interface RegistryOptions {
  /** Where to listen, 127.0.0.1 by default. */
  readonly address?: string;
  /** Speaks TLS. */
  readonly tls?: ServerOptions;
}

interface Rule {
  readonly match: FaultMatch;
  readonly fault: Fault;
  left: number;
}

/** Starts a registry on a free port. */
export async function startRegistry({
  address = '127.0.0.1',
  tls,
}: RegistryOptions = {}): Promise<TestRegistry> {
  const record = new WireRecord();
  const contents = new Map<string, StoredContent>();
  const rules: Rule[] = [];
  const begun = performance.now();

  const stalled: string[] = [];
  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    if (stalled.some((path) => incoming.url?.includes(path))) return void incoming.pause();
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url: target = '', headers } = incoming;
    const bytes = Buffer.concat(chunks);
    const body = bytes.toString('utf8');
    const request = { method, target, headers, body, bytes, at: performance.now() - begun };
    record.requests.push(request);
    const content = contents.get(contentKey(target));
    for (const rule of rules) {
      if (rule.left <= 0 || !matches(rule.match, request)) continue;
      rule.left--;
      if ((await rule.fault({ request, incoming, response, content })) !== 'pass') return;
    }
    serveContent(request, response, content);
  };
  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    handle(incoming, response).catch(() => response.destroy());
  };
  const server: Server = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener);
  record.watch(server);
  server.listen(0, address);
  await once(server, 'listening');
  server.unref(); // where every test of a suite is left out, nothing closes it
  const { port } = server.address() as AddressInfo;
  const host = `${address.includes(':') ? `[${address}]` : address}:${port}`;

  return {
    host,
    port,
    url: `${tls === undefined ? 'http' : 'https'}://${host}`,
    requests: record.requests,
    get wire() {
      return record.wire;
    },
    get connections() {
      return record.connections;
    },
    on: (match, fault) => void rules.push({ match, fault, left: match.times ?? Infinity }),
    stall: (path) => void stalled.push(path),
    put: (repository, key, content) => void contents.set(`${repository} ${key}`, content),
    push(repository, image, tag) {
      for (const [digest, content] of image.contents) contents.set(`${repository} ${digest}`, content);
      const manifest = contents.get(`${repository} ${image.manifest.digest}`);
      if (tag !== undefined && manifest !== undefined) contents.set(`${repository} ${tag}`, manifest);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      record.cutAll();
      await closed;
    },
  };
}

function matches({ method, path }: FaultMatch, request: RecordedRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? request.target.includes(path) : path.test(request.target);
}

function contentKey(target: string): string {
  const path = decodeURIComponent(target.split('?', 1)[0] ?? '');
  const [, repository = '', key = ''] = /^\/v2\/(.+)\/(?:manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
  return `${repository} ${key}`;
}
