import type { Container } from '../client/containers.js';
import { packJson, type Any } from '../client/typeurl.js';

const key = 'ctr.cni-containerd.metadata';

/** The package that Go's ctr has the type in: 2.x, whose name 1.x does not know, and 1.x. */
const typeUrl = 'github.com/containerd/containerd/v2/cmd/ctr/commands/NetworkMetaData';

/** What marks a container that is to be connected by CNI: ctr looks for the same mark. */
export const networkExtension: ReadonlyMap<string, Any> = new Map([
  [key, packJson(typeUrl, '{"EnableCni":true}')],
]);

/** Whether a container is connected by CNI when its task starts. */
export function wantsNetwork({ extensions }: Pick<Container, 'extensions'>): boolean {
  const mark = extensions.get(key);
  if (mark === undefined) return false;
  try {
    const value: unknown = JSON.parse(Buffer.from(mark.value).toString());
    return (value as { readonly EnableCni?: unknown } | null)?.EnableCni === true;
  } catch {
    return false; // somebody else's mark
  }
}
