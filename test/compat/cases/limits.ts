import type { CompatCase } from '../../support/compat/case.js';
import { pulled } from './setup.js';

/** What is refused only after the snapshot was made: ctr leaves that to the garbage collector, whose time is its own. */
const late = {
  state: ['images', 'containers', 'tasks', 'leases', 'namespaces'],
} satisfies Partial<CompatCase>;
/** What cannot be read: the help behind the error is our own. */
const unread = { ...late, stdout: 'presence' } satisfies Partial<CompatCase>;
/** It is the client that reads the flags and writes the spec: one daemon serves. */
const create = (given: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `create ${given.map((word) => (word === '' ? '""' : word)).join(' ')}`,
  setup: pulled,
  argv: ['container', 'create', ...given, '{ref}', '{id}', 'sleep', '600'],
  anyDaemon: true,
  ...more,
});
/** The runtime's `true` starts nothing: what the container is made with is compared, and not what runc makes of it. */
const run = (given: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `run ${given.map((word) => (word === '' ? '""' : word)).join(' ')}`,
  setup: pulled,
  argv: ['run', '--detach', '--runtime', 'nope', ...given, '{ref}', '{id}', 'sleep', '600'],
  versions: ['2.1'],
  ...more,
});

const classes = JSON.stringify({
  Classes: {
    heavy: [{ Weight: '400' }],
    light: [{ Weight: 80 }, { Devices: ['/dev/nope*'], ThrottleReadBps: '50M' }],
    none: [],
    devices: [
      {
        Devices: ['/dev/vd[a-z]', '/dev/loop0'],
        Weight: '50',
        ThrottleReadBps: '1.5Mi',
        ThrottleWriteBps: '10M',
        ThrottleReadIOPS: '10k',
        ThrottleWriteIOPS: '5e3',
      },
    ],
  },
});
const withClasses = { files: { classes }, differs: ['block-io-warnings'] } satisfies Partial<CompatCase>;
const badClass = (name: string, entry: object): CompatCase =>
  create(['--blockio-config-file', '{tmp}/classes', '--blockio-class', 'a'], {
    ...late,
    name: `create with a block I/O class of ${name}`,
    files: { classes: JSON.stringify({ Classes: { a: [entry] } }) },
    message: 'blockio-config-file error: failed to set configuration from file',
  });

const blockIO: readonly CompatCase[] = [
  create(['--blockio-class', 'x'], late),
  create(['--blockio-class', ''], late),
  create(['--blockio-config-file', '/nope'], late),
  create(['--blockio-config-file', '/nope', '--blockio-class', 'x'], late),
  create(['--blockio-config-file', '{tmp}/classes'], withClasses),
  create(['--blockio-config-file', '{tmp}/classes', '--blockio-class', 'heavy'], withClasses),
  create(['--blockio-config-file', '{tmp}/classes', '--blockio-class', 'none'], withClasses),
  create(['--blockio-config-file', '{tmp}/classes', '--blockio-class', 'nope'], { ...late, ...withClasses }),
  create(['--blockio-config-file', '{tmp}/classes', '--blockio-class', 'light'], withClasses),
  create(['--blockio-config-file', '{tmp}/classes', '--blockio-class', 'slow'], {
    name: 'create with a block I/O class written in YAML',
    files: {
      classes: `# comments, and no quotes
Classes:
  slow: &limits
    - { Devices: [/dev/vda], ThrottleReadBps: 50M, ThrottleWriteIOPS: 10 }
  other: *limits
`,
    },
  }),
  badClass('a weight that is too small', { Weight: '9' }),
  badClass('a weight that is too large', { Weight: '1001' }),
  badClass('a weight that is none', { Weight: 'heavy' }),
  badClass('a rate below zero', { Devices: ['/dev/null'], ThrottleReadBps: '-1' }),
  badClass('a rate for no device', { ThrottleReadBps: '1M' }),
];

const programs: readonly CompatCase[] = [
  create(['--gpus', '0'], late),
  create(['--gpus', '0', '--gpus', '1'], late),
  create(['--gpus', '-1'], late),
  create(['--gpus', '0,1'], unread),
  create(['--gpus', 'x'], unread),
  run(['--gpus', '0'], late),
];

const users: readonly CompatCase[] = [
  run(['--uidmap', '0:100000:65536', '--gidmap', '0:200000:65536'], { versions: ['1.6', '1.7', '2.1'] }),
  run(['--uidmap', '0:100000:40000', '--uidmap', '40000:300000:30000', '--gidmap', '0:200000:65536']),
  run(['--uidmap', '0x0:0x186a0:65_536', '--gidmap', '0:0o200:65536']),
  run(['--remap-labels', '--uidmap', '0:100000:65536', '--gidmap', '0:200000:65536'], {
    probes: [['snapshot', 'info', '{id}']],
  }),
  run(['--uidmap', '0:100000:65536']),
  run(['--gidmap', '0:100000:65536']),
  run(['--remap-labels']),
  run(['--uidmap', '0:100000:1', '--gidmap', '0:200000:1'], {
    ...late,
    message: 'container ID 1000 cannot be mapped to a host ID',
  }),
  run(['--uidmap', '0:x:1', '--gidmap', '0:1:1'], late),
  run(['--uidmap', 'x:1:1', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '0:1:x', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '0:1:1', '--gidmap', '0:1:x'], late),
  run(['--uidmap', '0:1', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '0:1:1:1', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '::', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '0:-1:1', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '0:4294967296:1', '--gidmap', '0:1:1'], late),
  run(['--uidmap', '0:1:1,1:2:3', '--gidmap', '0:1:1'], late),
  run(['--sync-fs']),
];

const numbers: readonly CompatCase[] = [
  create(['--memory-limit', '18446744073709551615']),
  create(['--memory-limit', '18446744073709551616'], unread),
  create(['--memory-limit', '-1'], unread),
  create(['--memory-limit', '1.5'], unread),
  create(['--memory-limit', '64m'], unread),
  create(['--cpu-quota', '-2']),
  create(['--cpu-quota', '9223372036854775808'], unread),
  create(['--cpu-quota', 'x'], unread),
  create(['--cpu-period', '-1'], unread),
  create(['--cpu-period', '18446744073709551615']),
  run(['--cpus', 'x'], unread),
  run(['--cpus', '-1']),
  run(['--cpu-shares', '-1']),
  run(['--cpu-shares', 'x'], unread),
  run(['--cpuset-cpus', 'no-such-cpu', '--cpuset-mems', '-1']),
  create(['--rdt-class', '']),
  create(['--rdt-class', 'a b/c']),
  create(['--rootfs-propagation', 'nonsense']),
];

/** Flags that limit a container and give it rights: what they make of its spec, and what they refuse. */
export const limitCases: readonly CompatCase[] = [...blockIO, ...programs, ...users, ...numbers];
