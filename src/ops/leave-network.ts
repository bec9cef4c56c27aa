import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { wantsNetwork } from './network-extension.js';

/** Ends what is left of a container's connection, when its task is gone. @throws KindError with what a plugin said */
export async function leaveNetwork({ namespace }: Client, container: Container): Promise<void> {
  if (!wantsNetwork(container)) return;
  const { disconnect } = await import('./network.js');
  await disconnect({ namespace, id: container.id });
}
