import type { TopicFlag } from '../../cli/argv/flag-spec.js';

const flags: readonly TopicFlag[] = [
  {
    name: 'snapshotter',
    names: ['snapshotter'],
    kind: 'string',
    env: 'CONTAINERD_SNAPSHOTTER',
    summary: 'whose snapshots: overlayfs, native, … (default overlayfs)',
    placeholder: 'NAME',
  },
];

/** What the catalog says of this topic. */
export const topic = {
  aliases: ['snapshots'],
  summary: 'snapshots: the layers of images and containers as file systems',
  flags,
};
