import type { Client } from '../client/client.js';

/**
 * Whether the daemon can pull by itself as ctr's flags ask: its transfer service takes a hosts folder and
 * a scheme from 2.0 on; in 1.7 it takes neither, and 1.6 has none.
 */
export async function canTransfer(client: Client): Promise<boolean> {
  const [{ version }, has] = await Promise.all([
    client.version.get(),
    client.introspection.has('io.containerd.transfer.v1', 'local'),
  ]);
  const major = Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);
  return major >= 2 && has;
}
