import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { StreamingDefinition } from '../../../src/gen/services/streaming/v1/streaming.js';
import { TransferDefinition } from '../../../src/gen/services/transfer/v1/transfer.js';
import type { DeprecationWarning } from '../../../src/gen/services/introspection/v1/introspection.js';
import type { Metric } from '../../../src/gen/types/metrics.js';
import { CallLog } from './calls.js';
import { containers } from './containers.js';
import { content } from './content.js';
import { diff } from './diff.js';
import { events, Exchange } from './events.js';
import { Faults, type Effect, type FaultMatch } from './faults.js';
import { service } from './handlers.js';
import { images } from './images.js';
import { introspection, plugins } from './introspection.js';
import { leases } from './leases.js';
import { namespaces } from './namespaces.js';
import type { Script } from './process.js';
import { serve } from './serve.js';
import { snapshots } from './snapshots.js';
import { State } from './state.js';
import { tasks, type Scripts } from './tasks.js';
import { version } from './version.js';

/** A containerd in this process: a real gRPC server, nothing behind it but maps. */
export interface FakeContainerd {
  /** Path of its socket, alone in a folder of its own. */
  readonly socket: string;
  readonly dir: string;
  readonly calls: CallLog;
  readonly state: State;
  /** Events that subscribers get. */
  readonly exchange: Exchange;
  /** What Introspection.Server tells; a test may add to it. */
  readonly deprecations: DeprecationWarning[];
  /** What Tasks.Metrics gives of tasks that are there. */
  readonly metrics: Metric[];
  /** Says how the process of a container behaves, or of an exec: `container/exec`, `container/*`. */
  script(process: string, script: Script): void;
  /** Lets calls go wrong. */
  fault(match: FaultMatch, effect: Effect): void;
  /** Loses all connections; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a fake; of release 1.6, without transfer service, unless told otherwise. */
export async function startFake({ release = '1.6.20' } = {}): Promise<FakeContainerd> {
  const dir = mkdtempSync(join(tmpdir(), 'tctr-fake-'));
  const state = new State(dir);
  const calls = new CallLog();
  const exchange = new Exchange();
  const deprecations: DeprecationWarning[] = [];
  const metrics: Metric[] = [];
  const scripts: Scripts = new Map();
  const sockets = new Set<Socket>();
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  const faults = new Faults(cut);
  const services = [
    containers(state),
    content(state),
    diff(state),
    events(exchange),
    images(state),
    introspection(() => ({ uuid: '11111111-2222-3333-4444-555555555555', plugins, deprecations })),
    leases(state),
    namespaces(state),
    service(StreamingDefinition, {}),
    snapshots(state),
    tasks(state, scripts, () => metrics),
    service(TransferDefinition, {}),
    version(release),
  ];
  const limit = 16 * 1024 * 1024;
  const grpc = new Server({
    'grpc.max_receive_message_length': limit,
    'grpc.max_send_message_length': limit,
  });
  for (const each of services) serve(grpc, each, { calls, faults });
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined); // a lost connection is what tests want
    injector.injectConnection(socket);
  });
  const socket = join(dir, 'containerd.sock');
  listener.listen(socket);
  await once(listener, 'listening');
  return {
    socket,
    dir,
    calls,
    state,
    exchange,
    deprecations,
    metrics,
    script: (process, script) => void scripts.set(process, script),
    fault: (match, effect) => faults.add(match, effect),
    cut,
    async close() {
      const closed = once(listener, 'close');
      listener.close();
      cut();
      injector.destroy();
      grpc.forceShutdown();
      await closed;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
