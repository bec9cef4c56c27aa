import type { CompatCase } from '../../support/compat/case.js';
import { created, pulled } from './setup.js';

/** What a container is made with shows in `container info` of it, which every case compares. */
const recorded = (name: string, given: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `create ${name}`,
  setup: pulled,
  argv: ['container', 'create', ...given, '{ref}', '{id}', 'sleep', '600'],
  ...more,
});
/** What goes into the spec is the client's work, and the same on every daemon: one serves. */
const flags = (name: string, given: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  ...recorded(name, given, more),
  anyDaemon: true,
});
/** What is refused only after the snapshot was made: ctr leaves that to the garbage collector, whose time is its own. */
const late = {
  state: ['images', 'containers', 'tasks', 'leases', 'namespaces'],
} satisfies Partial<CompatCase>;
const fails = (name: string, argv: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `create ${name}`,
  setup: pulled,
  argv: ['container', 'create', ...argv],
  ...more,
});

const profile = JSON.stringify({
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [{ names: ['mkdir'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }],
});
const spec = JSON.stringify({
  ociVersion: '1.0.2',
  process: { user: { uid: 1, gid: 1 }, args: ['true'], cwd: '/', env: ['A=<b>'] },
  root: { path: '/nonexistent' },
  hostname: 'from-a-file',
});

const images: readonly CompatCase[] = [
  recorded('plainly', []),
  fails('without a command', ['{ref}', '{id}']),
  fails('with words like flags', ['{ref}', '{id}', 'ls', '-la', '--rm', '--', 'x']),
  fails('with flags behind the image', ['{ref}', '{id}', '--label', 'z=1', 'ls', '-t']),
  fails('behind the end of flags', ['--', '{ref}', '{id}', 'ls']),
  fails('with empty words', ['{ref}', '{id}', 'echo', '', ' ', 'a b']),
  fails('with an entrypoint and a command of the image', ['{nginx}', '{id}'], {
    setup: [['image', 'pull', '--plain-http', '{nginx}']],
  }),
  fails('with an entrypoint and a command of its own', ['{nginx}', '{id}', 'nginx', '-v'], {
    setup: [['image', 'pull', '--plain-http', '{nginx}']],
  }),
  fails('with a user of the image', ['{user}', '{id}'], {
    setup: [['image', 'pull', '--plain-http', '{user}']],
  }),
  fails('from an index', ['{alpine}', '{id}'], { setup: [['image', 'pull', '--plain-http', '{alpine}']] }),
  fails('from an image with labels', ['{ref}', '{id}'], {
    setup: [...pulled, ['image', 'label', '{ref}', 'from=image']],
  }),
  fails('on a root file system', ['--rootfs', '{tmp}', '{id}', 'true'], { setup: [] }),
  fails('on a relative root file system', ['--rootfs', 'some/where', '{id}', 'true'], { setup: [] }),
];

const process: readonly CompatCase[] = [
  flags('--cwd', ['--cwd', '/nope/dir']),
  recorded('--env', ['--env', 'A=1', '--env', 'B=2,3', '--env', 'PATH=/x', '--env', 'EMPTY=']),
  flags('--env that removes', ['--env', 'PATH', '--env', 'NOPE']),
  flags('--env with odd text', ['--env', 'A= <&> ü " \\', '--env', '__proto__=x']),
  flags('--env twice', ['--env', 'A=1', '--env', 'A=2']),
  flags('--env-file', ['--env-file', '{tmp}/env', '--env', 'E1=flag'], {
    files: { env: '# comment\n\nE1=file\nE2 = x \n  E4=x\nnothing\nE5=a=b\r\n' },
  }),
  flags('--env-file that is not there', ['--env-file', '{tmp}/nope'], late),
  recorded('--tty', ['--tty']),
  flags('-t', ['-t']),
  flags('--tty=false', ['--tty=false']),
  recorded('--user by number', ['--user', '1000']),
  flags('--user by numbers', ['--user', '1000:1001']),
  flags('--user by name', ['--user', 'alice'], {
    setup: [['image', 'pull', '--plain-http', '{user}']],
    argv: ['container', 'create', '--user', 'alice', '{user}', '{id}'],
  }),
  flags('--user unknown', ['--user', 'nobody-here'], { ...late, message: 'no users found' }),
  flags('--user of three', ['--user', '1:2:3'], late),
  flags('--user below zero', ['--user', '-1'], late),
  flags('--allow-new-privs', ['--allow-new-privs']),
  flags('--allow-new-privs=false', ['--allow-new-privs=false']),
  recorded('--cap-add', ['--cap-add', 'CAP_SYS_ADMIN', '--cap-add', 'CAP_CHOWN']),
  flags('--cap-add unknown', ['--cap-add', 'CAP_NOPE']),
  flags('--cap-add without the prefix', ['--cap-add', 'SYS_ADMIN'], late),
  flags('--cap-drop', ['--cap-drop', 'CAP_CHOWN', '--cap-drop', 'CAP_SYS_ADMIN']),
  flags('--cap-drop without the prefix', ['--cap-drop', 'chown'], late),
  flags('--cap-add and --cap-drop', ['--cap-add', 'CAP_SYS_TIME', '--cap-drop', 'CAP_SYS_TIME']),
  recorded('--seccomp', ['--seccomp']),
  flags('--seccomp with a capability', [
    '--seccomp',
    '--cap-add',
    'CAP_SYS_ADMIN',
    '--cap-drop',
    'CAP_SYS_CHROOT',
  ]),
  flags('--seccomp --privileged', ['--seccomp', '--privileged']),
  flags('--seccomp-profile', ['--seccomp', '--seccomp-profile', '{tmp}/profile'], { files: { profile } }),
  flags('--seccomp-profile alone', ['--seccomp-profile', '{tmp}/profile'], { ...late, files: { profile } }),
  flags('--seccomp-profile that is not there', ['--seccomp', '--seccomp-profile', '{tmp}/nope'], late),
  flags('--seccomp-profile that is no JSON', ['--seccomp', '--seccomp-profile', '{tmp}/profile'], {
    ...late,
    files: { profile: 'x' },
    message: 'seccomp',
  }),
  flags('--apparmor-profile', ['--apparmor-profile', 'some']),
  flags(
    '--apparmor-profile and a default',
    ['--apparmor-profile', 'some', '--apparmor-default-profile', 'other'],
    late,
  ),
  flags('--apparmor-default-profile', ['--apparmor-default-profile', 'other'], late),
];

const places: readonly CompatCase[] = [
  recorded('--mount', ['--mount', 'type=bind,src={tmp},dst=/data,options=rbind:ro']),
  flags('--mount with long keys', [
    '--mount',
    'type=tmpfs,source=tmpfs,destination=/data,options=size=64m:mode=755',
  ]),
  flags('--mount twice', ['--mount', 'type=bind,src=/a,dst=/b', '--mount', 'type=bind,src=/c,dst=/d']),
  flags('--mount over a default', ['--mount', 'type=bind,src=/x,dst=/run,options=rbind']),
  flags('--mount with quotes', ['--mount', 'type=bind,"src=/a,b",dst=/d']),
  flags('--mount of one key', ['--mount', 'dst=/d']),
  flags('--mount with an unknown key', ['--mount', 'type=bind,opt=ro'], late),
  flags('--mount without a sign', ['--mount', 'bind'], late),
  flags('--mount of nothing', ['--mount', ''], late),
  flags('--read-only', ['--read-only']),
  recorded('--net-host', ['--net-host']),
  flags('--with-ns', ['--with-ns', 'network:/var/run/netns/x', '--with-ns', 'pid:/proc/1/ns/pid']),
  flags('--with-ns user', ['--with-ns', 'user:/proc/1/ns/user']),
  flags('--with-ns unknown', ['--with-ns', 'foo:/x'], late),
  flags('--with-ns without a path', ['--with-ns', 'network'], late),
  flags('--rootfs-propagation', ['--rootfs-propagation', 'rshared']),
  recorded('--privileged', ['--privileged']),
  flags('--device', ['--device', '/dev/null', '--device', '/dev/zero']),
  flags('--device that is not there', ['--device', '/nope'], late),
  flags('--device that is a file', ['--device', '/etc/hostname'], late),
  flags('--hostname', ['--hostname', 'here']),
];

const resources: readonly CompatCase[] = [
  recorded('--memory-limit', ['--memory-limit', '67108864']),
  flags('--cpu-quota', ['--cpu-quota', '50000']),
  flags('--cpu-period', ['--cpu-period', '20000']),
  flags('--cpu-quota and --cpu-period', ['--cpu-quota', '50000', '--cpu-period', '20000']),
  flags('--rdt-class', ['--rdt-class', 'gold']),
];

const records: readonly CompatCase[] = [
  recorded('--label', ['--label', 'a=b', '--label', 'c', '--label', 'd=e=f,g']),
  recorded('--label of an image', ['--label', 'maintainer=me'], {
    setup: [['image', 'pull', '--plain-http', '{nginx}']],
    argv: ['container', 'create', '--label', 'maintainer=me', '{nginx}', '{id}'],
  }),
  recorded('--annotation', ['--annotation', 'a=b', '--annotation', 'c=']),
  recorded('--annotation without a sign', ['--annotation', 'a'], late),
  recorded('--annotation and --label', ['--annotation', 'a=annotation', '--label', 'a=label']),
  recorded('--runtime', ['--runtime', 'nope']),
  recorded('--runtime by a path', ['--runtime', '/usr/bin/true', '--runtime-config-path', '/x']),
  recorded('--runc-binary', ['--runc-binary', 'crun']),
  recorded('--runc-root', ['--runc-root', '/run/other']),
  recorded('--runc-systemd-cgroup alone', ['--runc-systemd-cgroup'], late),
  recorded('--runc-binary of another runtime', ['--runtime', 'other', '--runc-binary', 'crun'], late),
  recorded('--pid-file and --no-pivot, which are for a task', ['--pid-file', '{tmp}/pid', '--no-pivot']),
  recorded('--snapshotter', ['--snapshotter', 'native'], {
    probes: [['snapshot', '--snapshotter', 'native', 'list']],
  }),
  recorded('--snapshotter of the environment', [], {
    env: { CONTAINERD_SNAPSHOTTER: 'native' },
    probes: [['snapshot', '--snapshotter', 'native', 'list']],
  }),
  recorded('--snapshotter of the namespace', [], {
    setup: [...pulled, ['namespace', 'label', '{ns}', 'containerd.io/defaults/snapshotter=native']],
    probes: [['snapshot', '--snapshotter', 'native', 'list']],
  }),
  recorded('--snapshotter unknown', ['--snapshotter', 'nope']),
  recorded('--snapshotter-label', ['--snapshotter-label', 'a=b']),
  recorded('--sandbox', ['--sandbox', 'pod']),
  recorded('--config', [], {
    setup: [],
    files: { spec },
    argv: ['container', 'create', '--config', '{tmp}/spec', '{id}'],
    state: ['containers', 'snapshots'],
  }),
  recorded('--config with labels', [], {
    setup: [],
    files: { spec },
    argv: ['container', 'create', '--config', '{tmp}/spec', '--label', 'a=b', '--env', 'X=1', '{id}'],
    state: ['containers', 'snapshots'],
  }),
];

const errors: readonly CompatCase[] = [
  fails('nothing', [], { setup: [] }),
  fails('without an id', ['{ref}']),
  fails('without an id, from nothing', [''], { setup: [] }),
  fails('from an image that is not there', ['nope', '{id}'], { setup: [] }),
  fails('an id in use', ['{ref}', '{id}'], { setup: created }),
  fails('an id in use on a root file system', ['--rootfs', '/', '{id}'], {
    setup: [['container', 'create', '--rootfs', '/', '{id}', 'x']],
  }),
  fails('a bad id', ['{ref}', 'bad id'], { state: ['containers', 'tasks', 'images'] }),
  fails('a long id', ['{ref}', 'a'.repeat(77)], { state: ['containers', 'tasks', 'images'] }),
  fails('with a missing --config', ['--config', '/nope.json', '{id}'], {
    setup: [],
    differs: ['failure-leaves-no-namespace'],
  }),
  fails('with --config and an image', ['--config', '{tmp}/spec', 'a', 'b'], { setup: [], files: { spec } }),
  fails('with --config and no id', ['--config', '{tmp}/spec'], { setup: [], files: { spec } }),
  fails('with a --config that is no JSON', ['--config', '{tmp}/spec', '{id}'], {
    setup: [],
    files: { spec: 'x' },
    message: 'spec',
    differs: ['failure-leaves-no-namespace'],
  }),
];

/** `ctr container create`: each flag's effect, and each refusal. */
export const createCases: readonly CompatCase[] = [
  ...images,
  ...process,
  ...places,
  ...resources,
  ...records,
  ...errors,
];
