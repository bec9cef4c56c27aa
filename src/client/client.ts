import type { Client as GrpcClient } from '@grpc/grpc-js';
import { Caller, type CallOptions, type Scope } from './call.js';
import { openChannel, socketPath, type ConnectOptions } from './connect.js';
import { Containers } from './containers.js';
import { Content } from './content.js';
import { Diff } from './diff.js';
import { Events } from './events.js';
import { Images } from './images.js';
import { Introspection } from './introspection.js';
import { Leases } from './leases.js';
import { Namespaces } from './namespaces.js';
import { Sandboxes } from './sandboxes.js';
import { Snapshots } from './snapshots.js';
import { Streaming } from './streaming.js';
import { Tasks } from './tasks.js';
import { Transfer } from './transfer.js';
import { Version } from './version.js';

/** Where, and in which namespace. */
export interface ClientOptions extends ConnectOptions {
  readonly namespace: string;
}

/**
 * A client of one containerd daemon, in one namespace. All services share a channel; {@link within} gives
 * the same client with other headers. It prints nothing and reads no environment.
 */
export class Client {
  readonly containers: Containers;
  readonly content: Content;
  readonly diff: Diff;
  readonly events: Events;
  readonly images: Images;
  readonly introspection: Introspection;
  readonly leases: Leases;
  readonly namespaces: Namespaces;
  readonly sandboxes: Sandboxes;
  readonly streaming: Streaming;
  readonly tasks: Tasks;
  readonly transfer: Transfer;
  readonly version: Version;

  private constructor(
    private readonly channel: GrpcClient,
    private readonly caller: Caller,
    /** The daemon's socket. */
    readonly address: string,
  ) {
    this.containers = new Containers(caller);
    this.content = new Content(caller);
    this.diff = new Diff(caller);
    this.events = new Events(caller);
    this.images = new Images(caller);
    this.introspection = new Introspection(caller);
    this.leases = new Leases(caller);
    this.namespaces = new Namespaces(caller);
    this.sandboxes = new Sandboxes(caller);
    this.streaming = new Streaming(caller);
    this.tasks = new Tasks(caller);
    this.transfer = new Transfer(caller);
    this.version = new Version(caller);
  }

  /** Connects, and waits until the daemon has answered. @throws ContainerdError (see {@link openChannel}). */
  static async connect(options: ClientOptions): Promise<Client> {
    const channel = await openChannel(options);
    const { Metadata } = await import('./grpc.js');
    const defaults: CallOptions = options.signal ? { signal: options.signal } : {};
    const caller = new Caller(channel, () => new Metadata(), { namespace: options.namespace }, defaults);
    const client = new Client(channel, caller, socketPath(options.address));
    caller.watch((call) => client.version.get(call));
    return client;
  }

  /** The namespace that calls are made in. */
  get namespace(): string {
    return this.caller.namespace;
  }

  /** The snapshots of one snapshotter. */
  snapshots(snapshotter: string): Snapshots {
    return new Snapshots(this.caller, snapshotter);
  }

  /** The same connection with another namespace or a lease. */
  within(scope: Partial<Scope>): Client {
    return new Client(this.channel, this.caller.with(scope), this.address);
  }

  /**
   * The same connection for cleaning up: calls are no longer ended by the client's own signal, which
   * may be why there is something to clean up, but have a limit (milliseconds).
   */
  forCleanup(timeout = 10_000): Client {
    return new Client(this.channel, this.caller.with({}, { timeout }), this.address);
  }

  /** Ends the connection and every call on it. */
  close(): void {
    this.channel.close();
  }
}
