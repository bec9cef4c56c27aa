import { Shim, shimSockets, type ShimApiVersion, type ShimRef } from '../client/shim.js';
import { hasKind, KindError } from '../oci/errors.js';

/** Which shim, and how to speak to it. */
export interface ShimTarget {
  /** Of --id, or with an address of another the namespace alone. */
  readonly ref: ShimRef;
  /** `unix://PATH` or a path, tried before those that the reference leads to; '' for none. */
  readonly address: string;
  /** Undefined for the newest that it speaks. */
  readonly version: ShimApiVersion | undefined;
}

/**
 * Connects to a shim and does something with it over ttrpc; one that does not know version 3 of the API is asked again
 * in version 2.
 * @throws KindError in ctr's words
 */
export async function withShim<T>(target: ShimTarget, work: (shim: Shim) => Promise<T>): Promise<T> {
  const { version } = target;
  if (version !== undefined) return workWith(target, version, work);
  try {
    return await workWith(target, 3, work);
  } catch (error) {
    if (!hasKind(error, 'not implemented')) throw error;
    return workWith(target, 2, work);
  }
}

async function workWith<T>(
  { ref, address }: ShimTarget,
  version: ShimApiVersion,
  work: (shim: Shim) => Promise<T>,
): Promise<T> {
  const sockets = [
    ...(address === '' ? [] : [address.replace(/^unix:\/\//, '')]),
    ...(ref.id === '' ? [] : shimSockets(ref)),
  ];
  let shim: Shim;
  try {
    shim = await Shim.connect(sockets, ref.namespace, version);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    // An abstract socket has a zero byte in front, an @ where it is shown.
    const shown = sockets.map((path) => path.replace('\0', '@')).join(' ');
    throw new KindError('unavailable', `fail to connect to container shim with sockets: [${shown}]`, {
      cause: error,
      hint: 'task list shows what runs; a container in a sandbox has no shim of its own',
    });
  }
  try {
    return await work(shim);
  } finally {
    shim.close();
  }
}
