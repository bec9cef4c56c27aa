import type { FlagSpec } from './argv/flag-spec.js';
import { bool, duration, flagSpecs, string } from './flags.js';
import type { Globals } from './session.js';
import { parseDuration } from '../oci/duration.js';

/** ctr's global flags; they stand before the command. */
export const globalFlags = {
  debug: bool({ summary: 'show debug diagnostics' }),
  address: string({
    summary: "containerd's socket (default /run/containerd/containerd.sock)",
    aliases: ['a'],
    environment: 'CONTAINERD_ADDRESS',
  }),
  timeout: duration({ summary: 'give the whole command at most this long, as 30s or 5m' }),
  'connect-timeout': duration({ summary: 'wait at most this long for the connection (default 10s)' }),
  namespace: string({
    summary: "containerd's namespace: default, moby (docker), k8s.io (Kubernetes), … (default default)",
    aliases: ['n'],
    environment: 'CONTAINERD_NAMESPACE',
  }),
  version: bool({ summary: "show tctr's version", aliases: ['v'] }),
};

/** The tokenizer's view of the global flags. */
export const globalSpecs: readonly FlagSpec[] = flagSpecs(globalFlags);

/** Reads the sorted global flags; an address may be `unix://…` or relative. */
export function readGlobals(values: ReadonlyMap<string, readonly string[]>): Globals {
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  return {
    debug: last('debug') === 'true',
    address: last('address') ?? '/run/containerd/containerd.sock',
    namespace: last('namespace') ?? 'default',
    timeout: milliseconds(last('timeout')),
    connectTimeout: milliseconds(last('connect-timeout')),
  };
}

function milliseconds(text: string | undefined): number {
  return text === undefined ? 0 : Number(parseDuration(text)) / 1e6;
}
