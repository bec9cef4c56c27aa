import { stat } from 'node:fs/promises';
import { connect as dial } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client as GrpcClient } from '@grpc/grpc-js';
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
  const grpcLoaded = import('@grpc/grpc-js');
  await reachable(path, options);
  const grpc = await grpcLoaded;
  const channel = new grpc.Client(`unix:${path}`, grpc.credentials.createInsecure(), {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    // Flow control of 1 MiB nearly doubles the rate of Content.Read against the default of 64 KiB.
    'grpc-node.flow_control_window': 1024 * 1024,
    'grpc.default_authority': 'localhost',
    'grpc.enable_channelz': 0,
    'grpc.enable_retries': 0,
    'grpc.service_config_disable_resolution': 1,
    'grpc.use_local_subchannel_pool': 1,
    ...(options.userAgent === undefined ? {} : { 'grpc.primary_user_agent': options.userAgent }),
  });
  const limit = Date.now() + (options.connectTimeout || handshakeLimit);
  await new Promise<void>((resolve, reject) => {
    channel.waitForReady(limit, (error) => {
      if (!error) return resolve();
      channel.close();
      const text = `failed to dial ${JSON.stringify(path)}: context deadline exceeded`;
      reject(
        new ContainerdError('unavailable', text, {
          cause: error,
          hint: 'the socket accepts, but no containerd answers',
        }),
      );
    });
  });
  return channel;
}

/** A plain path of ctr's --address: `unix://` taken off, `~` left alone. */
export function socketPath(address: string): string {
  return address.startsWith('unix://') ? address.slice('unix://'.length) : address;
}

async function reachable(path: string, options: ConnectOptions): Promise<void> {
  const until = Date.now() + (options.connectTimeout ?? 0);
  for (;;) {
    const problem = await probe(path);
    if (!problem) return;
    if (options.signal?.aborted) throw cancellation(options.signal);
    if (problem.kind === 'permission denied' || Date.now() >= until) throw problem;
    await sleep(50);
  }
}

/** Says what is wrong with the socket, if anything; nothing is sent over it. */
async function probe(path: string): Promise<ContainerdError | undefined> {
  try {
    if (!(await stat(path)).isSocket()) {
      return unusable(path, `${path} is not a socket`, "--address names containerd's unix socket");
    }
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
  return new Promise((resolve) => {
    const socket = dial(path, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') {
        resolve(
          new ContainerdError('permission denied', `dial unix ${path}: connect: permission denied`, {
            cause: error,
            hint: 'run as root',
          }),
        );
      } else {
        const why = error.code === 'ECONNREFUSED' ? 'connection refused' : (error.code ?? error.message);
        const text = `connection error: desc = "transport: Error while dialing: dial unix ${path}: connect: ${why}"`;
        resolve(unusable(path, text, 'no containerd listens on that socket; is it running?'));
      }
    });
  });
}

function unusable(_path: string, text: string, hint: string): ContainerdError {
  return new ContainerdError('unavailable', text, { hint });
}
