import type { CompatCase } from '../../support/compat/case.js';
import { created, pulled, running } from './setup.js';

const words = (...argv: readonly string[]): Pick<CompatCase, 'name' | 'argv'> => ({
  name: argv.join(' '),
  argv,
});
/** The layer has times of its own: that there is one is compared by the image's parts, not by its digest. */
const made = { state: ['containers', 'tasks', 'leases', 'namespaces'] } satisfies Partial<CompatCase>;
const unfetched = {
  versions: ['2.1'],
  differs: ['failure-leaves-no-namespace'],
} satisfies Partial<CompatCase>;
const kept = [...created, ['container', 'checkpoint', '--image', '{id}', 'kept:1']] as const;

/** `container checkpoint`, `container restore` and `task checkpoint`, as far as they go without criu. */
export const checkpointCases: readonly CompatCase[] = [
  words('container', 'checkpoint'),
  { ...words('container', 'checkpoint', '{id}'), versions: ['2.1'] },
  words('container', 'checkpoint', 'nope', 'kept:1'),
  { ...words('container', 'checkpoint', '{id}', 'kept:1'), setup: created },
  { ...words('container', 'checkpoint', '--image', '{id}', 'kept:1'), setup: created },
  { ...words('container', 'checkpoint', '--rw', '{id}', 'kept:1'), setup: created, ...made },
  { ...words('container', 'checkpoint', '--rw', '--image', '{id}', 'kept:2'), setup: running, ...made },
  { ...words('container', 'checkpoint', '--task', '{id}', 'kept:1'), setup: created, ...made },
  {
    ...words('container', 'checkpoint', '--task', '{id}', 'kept:2'),
    setup: running,
    ...made,
    message: 'criu',
  },
  {
    ...words('container', 'checkpoint', '--image', '{id}', 'kept:1'),
    name: 'container checkpoint twice',
    setup: kept,
  },
  {
    ...words('container', 'checkpoint', '--rw', '{id}', 'kept:1'),
    name: 'container checkpoint of a folder',
    setup: [['container', 'create', '--rootfs', '/', '{id}', 'x']],
  },
  {
    ...words('container', 'checkpoint', '--image', '{id}', 'kept:1'),
    name: 'container checkpoint of a missing image',
    setup: [...created, ['image', 'remove', '{ref}']],
    ...made,
  },
  words('container', 'restore'),
  { ...words('container', 'restore', 'back'), versions: ['2.1'] },
  { ...words('container', 'restore', 'back', 'nope'), ...unfetched },
  { ...words('container', 'restore', 'back', 'nope:1'), ...unfetched },
  {
    ...words('container', 'restore', 'back', 'a@b'),
    ...unfetched,
  },
  { ...words('container', 'restore', 'back', '{ref}'), setup: pulled },
  { ...words('container', 'restore', 'back', 'kept:1'), setup: kept, ...made },
  { ...words('container', 'restore', '--live', 'back', 'kept:1'), setup: kept, ...made },
  { ...words('container', 'restore', '--rw', 'back', 'kept:1'), setup: kept, ...made },
  words('task', 'checkpoint'),
  words('task', 'checkpoint', 'nope'),
  { ...words('task', 'checkpoint', '{id}'), setup: created },
  {
    ...words('task', 'checkpoint', '{id}'),
    name: 'task checkpoint without criu',
    setup: running,
    message: 'criu',
  },
  { ...words('task', 'checkpoint', '--exit', '{id}'), setup: running, message: 'criu' },
  {
    ...words('task', 'checkpoint', '--image-path', '{tmp}/image', '--work-path', '{tmp}/work', '{id}'),
    setup: running,
    message: 'criu',
  },
];
