import type { Client } from '../client/client.js';
import { hasKind } from '../oci/errors.js';

/** What a namespace's labels choose for it; containerd's own defaults otherwise. */
export interface NamespaceDefaults {
  readonly snapshotter: string;
  readonly runtime: string;
}

/** Reads the namespace's labels (Namespaces.Get): `containerd.io/defaults/snapshotter` and `/runtime`. */
export async function namespaceDefaults(client: Client): Promise<NamespaceDefaults> {
  const labels = await client.namespaces.get(client.namespace).then(
    (namespace) => namespace.labels,
    (error: unknown) => {
      if (!hasKind(error, 'not found')) throw error;
      return new Map<string, string>();
    },
  );
  return {
    snapshotter: labels.get('containerd.io/defaults/snapshotter') || 'overlayfs',
    runtime: labels.get('containerd.io/defaults/runtime') || 'io.containerd.runc.v2',
  };
}
