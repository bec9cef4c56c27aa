import { statSync } from 'node:fs';
import { connect as dial } from 'node:net';
import type { Client as GrpcClient, connectivityState } from '@grpc/grpc-js';
import { ContainerdError, cancellation } from './errors.js';

/** containerd's limit on a message, both ways. */
export const maxMessageBytes = 16 * 1024 * 1024;

/** How to reach a daemon. */
export interface ConnectOptions {
  /** Path of the unix socket; absolute, relative, or a `unix://` URL. */
  readonly address: string;
  /** Milliseconds to wait for a socket that is not there yet; 0 fails at once. */
  readonly connectTimeout?: number;
  readonly userAgent?: string;
  readonly signal?: AbortSignal;
}

/** Milliseconds that a daemon may take to answer the first frame. */
const handshakeLimit = 10_000;

/**
 * Opens the one channel that all services share, and waits until the daemon has answered.
 * @throws ContainerdError 'unavailable', 'permission denied' or 'not found', in ctr's words, with a next step.
 */
export async function openChannel(options: ConnectOptions): Promise<GrpcClient> {
  const path = socketPath(options.address);
  const now = Date.now();
  const until = now + (options.connectTimeout ?? 0);
  const limit = now + (options.connectTimeout || handshakeLimit);
  for (;;) {
    const unfit = checkSocket(path);
    const channel = unfit ? undefined : await newChannel(path, options);
    if (channel && (await ready(channel, limit, options.signal))) return channel;
    channel?.close();
    if (options.signal?.aborted) throw cancellation(options.signal);
    // grpc does not tell why it could not connect: a connection of tctr's own does.
    const problem = unfit ?? (await dialProblem(path)) ?? (Date.now() >= limit ? silent(path) : undefined);
    if (problem && (problem.kind === 'permission denied' || Date.now() >= until)) throw problem;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function newChannel(path: string, { userAgent }: ConnectOptions): Promise<GrpcClient> {
  const { Client, credentials } = await import('./grpc.js');
  return new Client(`unix:${path}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    // Flow control of 1 MiB nearly doubles the rate of Content.Read against the default of 64 KiB.
    'grpc-node.flow_control_window': 1024 * 1024,
    'grpc.default_authority': 'localhost',
    'grpc.enable_channelz': 0,
    'grpc.enable_retries': 0,
    'grpc.service_config_disable_resolution': 1,
    'grpc.use_local_subchannel_pool': 1,
    ...(userAgent === undefined ? {} : { 'grpc.primary_user_agent': userAgent }),
  });
}

/** Whether the daemon answers; false as soon as a connection fails, where waitForReady would try again. */
function ready(client: GrpcClient, limit: number, signal?: AbortSignal): Promise<boolean> {
  const channel = client.getChannel();
  return new Promise((resolve) => {
    let settled = false;
    const settle = (outcome: boolean): void => {
      settled = true;
      signal?.removeEventListener('abort', giveUp);
      resolve(outcome);
    };
    const giveUp = (): void => settle(false);
    const look = (error?: Error): void => {
      if (settled) return; // closed meanwhile, which a channel tells as well
      const state = channel.getConnectivityState(true);
      if (state === readyState) settle(true);
      else if (state === failedState || error) settle(false);
      else channel.watchConnectivityState(state, limit, look);
    };
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    else look();
  });
}

/** connectivityState's READY and TRANSIENT_FAILURE. */
const readyState: connectivityState.READY = 2;
const failedState: connectivityState.TRANSIENT_FAILURE = 3;

/** A plain path of ctr's --address: `unix://` taken off, `~` left alone. */
export function socketPath(address: string): string {
  return address.startsWith('unix://') ? address.slice('unix://'.length) : address;
}

/** Says what is wrong with the socket's file, if anything. */
function checkSocket(path: string): ContainerdError | undefined {
  try {
    if (statSync(path).isSocket()) return undefined;
    return unusable(`${path} is not a socket`, "--address names containerd's unix socket");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'no such file or directory'
        : code === 'EACCES'
          ? 'permission denied'
          : (code ?? '');
    const hint =
      code === 'EACCES'
        ? 'run as root'
        : 'is containerd running? --address or CONTAINERD_ADDRESS names its socket';
    const kind = code === 'EACCES' ? 'permission denied' : 'not found';
    return new ContainerdError(kind, `cannot access socket ${path}: stat ${path}: ${why}`, {
      cause: error,
      hint,
    });
  }
}

/** Says why the socket cannot be connected to, if so; nothing is sent over it. */
function dialProblem(path: string): Promise<ContainerdError | undefined> {
  return new Promise((resolve) => {
    const socket = dial(path, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') {
        const text = `dial unix ${path}: connect: permission denied`;
        resolve(new ContainerdError('permission denied', text, { cause: error, hint: 'run as root' }));
      } else {
        const why = error.code === 'ECONNREFUSED' ? 'connection refused' : (error.code ?? error.message);
        const text = `connection error: desc = "transport: Error while dialing: dial unix ${path}: connect: ${why}"`;
        resolve(unusable(text, 'no containerd listens on that socket; is it running?'));
      }
    });
  });
}

function silent(path: string): ContainerdError {
  const text = `failed to dial ${JSON.stringify(path)}: context deadline exceeded`;
  return unusable(text, 'the socket accepts, but no containerd answers');
}

function unusable(text: string, hint: string): ContainerdError {
  return new ContainerdError('unavailable', text, { hint });
}
