import type { TopicFlag } from '../../cli/argv/flag-spec.js';

const flags: readonly TopicFlag[] = [
  {
    name: 'id',
    names: ['id'],
    kind: 'string',
    summary: 'whose shim: the container’s id',
    placeholder: 'ID',
  },
  {
    name: 'shim-address',
    names: ['shim-address'],
    kind: 'string',
    summary: 'where the shim listens, if not where --id leads to',
    placeholder: 'unix://PATH',
  },
];

/** What the catalog says of this topic. */
export const topic = { aliases: [], summary: 'talk to a shim directly, past the daemon', flags };
