import type { TopicFlag } from '../../cli/argv/flag-spec.js';

const flags: readonly TopicFlag[] = [
  {
    name: 'debug-socket',
    names: ['debug-socket', 'd'],
    kind: 'string',
    summary: 'where the daemon debugs (default /run/containerd/debug.sock)',
    placeholder: 'PATH',
  },
];

/** What the catalog says of this topic. */
export const topic = { aliases: [], summary: "profiles of the daemon itself, for go's pprof", flags };
