import type { CompatCase } from '../../support/compat/case.js';
import { created, pulled, running } from './setup.js';

/** In the background: what the container was made with is compared. */
const detached = (name: string, flags: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `run --detach ${name}`,
  setup: pulled,
  argv: ['run', '--detach', ...flags, '{ref}', '{id}', 'sleep', '600'],
  ...more,
});
/** What the client does, and the same on every daemon: one serves. */
const once = (name: string, flags: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  ...detached(name, flags, more),
  anyDaemon: true,
});
/** In the foreground, and gone afterwards: what the process says is compared. */
const foreground = (name: string, argv: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `run ${name}`,
  setup: pulled,
  argv: ['run', '--rm', ...argv],
  ...more,
});
const sh = (script: string): readonly string[] => ['{ref}', '{id}', 'sh', '-c', script];

/** Forbids one call. */
const profile = JSON.stringify({
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [{ names: ['mkdir'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }],
});
/** What is refused only after the snapshot was made: ctr leaves that to the garbage collector, whose time is its own. */
const late = { state: ['images', 'containers', 'tasks', 'leases'] } satisfies Partial<CompatCase>;

/** Many flags at once: the process tells what they came to, and the container, which is kept, what they made of it. */
const many: readonly CompatCase[] = [
  {
    name: 'run with rights of its own',
    setup: pulled,
    files: { env: 'E1=file\n', profile },
    argv: [
      ...[
        'run',
        '--env-file',
        '{tmp}/env',
        '--with-ns',
        'network:/proc/self/ns/net',
        '--device',
        '/dev/zero',
      ],
      ...['--cap-add', 'CAP_SYS_TIME', '--cap-drop', 'CAP_CHOWN', '--allow-new-privs'],
      ...['--seccomp', '--seccomp-profile', '{tmp}/profile', '--rootfs-propagation', 'rslave'],
      ...sh('echo "$E1"; ls /dev/zero; grep -E "Cap|NoNew|Seccomp:" /proc/self/status; mkdir /x; sleep 0.3'),
    ],
    message: "can't create directory '/x': Operation not permitted",
  },
  {
    name: 'run with a runc and limits of its own',
    setup: pulled,
    argv: [
      ...[
        'run',
        '--detach',
        '--runc-binary',
        'runc',
        '--runc-root',
        '/run/containerd/runc',
        '--runtime-config-path',
        '/nope',
      ],
      ...[
        '--cpu-quota',
        '50000',
        '--cpu-period',
        '20000',
        '--rdt-class',
        'gold',
        '--snapshotter-label',
        'a=b',
      ],
      ...['--remap-labels', '{ref}', '{id}', 'sleep', '600'],
    ],
  },
  foreground('with a profile of AppArmor', ['--apparmor-profile', 'nope', '{ref}', '{id}', 'true']),
  foreground('with no such profile', ['--apparmor-default-profile', 'x', '{ref}', '{id}', 'true'], late),
  foreground('with a GPU', ['--gpus', '0', '{ref}', '{id}', 'true'], late),
  foreground(
    'with classes that are not there',
    ['--blockio-config-file', '/nope', '--blockio-class', 'x', '{ref}', '{id}', 'true'],
    { ...late, versions: ['1.7', '2.1'] },
  ),
];

const streams: readonly CompatCase[] = [
  foreground('and read its output', ['{ref}', '{id}', 'echo', 'hello']),
  foreground('with both streams', sh('echo out; echo err >&2'), { message: 'err' }),
  foreground('with no line end', sh('printf "no end"')),
  foreground('with any bytes', sh(String.raw`printf "\000\001\033[31m\377\200"`)),
  foreground('with much output', sh('seq 1 20000')),
  foreground('and end with 1', sh('exit 1')),
  foreground('and end with 42', sh('echo x; exit 42')),
  foreground('and end with 255', sh('exit 255')),
  foreground('and end by a signal', sh('kill -9 $$')),
  foreground('with words like flags', ['{ref}', '{id}', 'echo', '-n', '--rm', '-d', '--', '--help']),
  foreground('behind the end of flags', ['--', '{ref}', '{id}', 'echo', 'x']),
  foreground('with the end of flags among the words', ['{ref}', '{id}', '--', 'echo', 'x']),
  foreground('with repeated words', ['{ref}', '{id}', 'echo', 'a', 'b', 'a', '', 'c d']),
  foreground('and read stdin', ['{ref}', '{id}', 'cat'], { stdin: { text: 'one\ntwo\n', lateEnd: 1500 } }),
  foreground('and read stdin that has ended', ['{ref}', '{id}', 'cat'], {
    stdin: 'ended',
    differs: ['stdin-ends'],
    deadline: 5000,
  }),
  foreground('without stdin', ['{ref}', '{id}', 'echo', 'x'], { stdin: 'ended' }),
  foreground('with the environment', ['--env', 'A=b c', '{ref}', '{id}', 'env']),
  foreground('in a folder', ['--cwd', '/bin', '{ref}', '{id}', 'pwd']),
  foreground('as a user', ['--user', '1000:1000', '{ref}', '{id}', 'id']),
  foreground('as the image says', ['{user}', '{id}'], {
    setup: [['image', 'pull', '--plain-http', '{user}']],
  }),
  foreground('with a host name', ['--hostname', 'here', '{ref}', '{id}', 'hostname']),
  foreground('with a read-only root', ['--read-only', ...sh('touch /x')], {
    message: 'Read-only file system',
  }),
  foreground(
    'with a mount',
    ['--mount', 'type=bind,src={tmp},dst=/data,options=rbind:ro', '{ref}', '{id}', 'cat', '/data/file'],
    {
      files: { file: 'content\n' },
    },
  ),
  foreground('on the network of the host', [
    '--net-host',
    '{ref}',
    '{id}',
    'sh',
    '-c',
    'test -s /etc/resolv.conf; ls /sys/class/net | wc -l',
  ]),
  foreground('with a pid file', ['--pid-file', '{tmp}/pid', '{ref}', '{id}', 'sh', '-c', 'sleep 0.2'], {}),
  foreground('with null io', ['--null-io', '{ref}', '{id}', 'echo', 'x']),
  foreground('with a memory limit', ['--memory-limit', '67108864', '{ref}', '{id}', 'true']),
  foreground('privileged', ['--privileged', '{ref}', '{id}', 'grep', 'CapEff', '/proc/self/status']),
  foreground('with fifos elsewhere', ['--fifo-dir', '{tmp}/fifos', '{ref}', '{id}', 'echo', 'x']),
  { name: 'run and keep', setup: pulled, argv: ['run', '{ref}', '{id}', 'echo', 'x'] },
  { name: 'run and keep what failed', setup: pulled, argv: ['run', '{ref}', '{id}', 'false'] },
  {
    name: 'run what was never unpacked',
    setup: [['content', 'fetch', '--plain-http', '{ref}']],
    argv: ['run', '--rm', '{ref}', '{id}', 'echo', 'x'],
  },
  {
    name: 'run --tty off a terminal',
    setup: pulled,
    argv: ['run', '--tty', '{ref}', '{id}', 'echo', 'x'],
    differs: ['tty-off-a-terminal'],
  },
];

const background: readonly CompatCase[] = [
  detached('plainly', []),
  { name: 'run -d', setup: pulled, argv: ['run', '-d', '{ref}', '{id}', 'sleep', '600'] },
  detached('with a pid file', ['--pid-file', '{tmp}/pid']),
  detached('--null-io', ['--null-io']),
  detached('--tty', ['--tty'], { differs: ['detached-tty'] }),
  detached('--log-uri', ['--log-uri', 'file://{tmp}/log'], {
    argv: ['run', '-d', '--log-uri', 'file://{tmp}/log', '{ref}', '{id}', 'sleep', '600'],
  }),
  detached('--no-pivot', ['--no-pivot']),
  detached('--label', ['--label', 'a=b', '--annotation', 'c=d']),
  detached('--privileged-without-host-devices', ['--privileged', '--privileged-without-host-devices']),
  once('--privileged-without-host-devices alone', ['--privileged-without-host-devices']),
  once('--cpus', ['--cpus', '0.5']),
  once('--cpus of a third', ['--cpus', '1.333']),
  once('--cpus and a quota', ['--cpus', '1', '--cpu-quota', '1000']),
  once('--cpu-shares', ['--cpu-shares', '2']),
  once('--cpu-shares 0', ['--cpu-shares', '0']),
  once('--cpuset-cpus', ['--cpuset-cpus', '0', '--cpuset-mems', '0']),
  once('--cgroup', ['--cgroup', '/{ns}/other']),
  once('--cgroup of nothing', ['--cgroup', '']),
  once('--runc-systemd-cgroup alone', ['--runc-systemd-cgroup']),
  once('--platform', ['--platform', 'linux/amd64']),
  // An image without an index is run as it is, whatever platform is asked for.
  detached('--platform that the image is not of', ['--platform', 'linux/arm64']),
  {
    name: 'run --detach --platform that the index has not',
    setup: [['image', 'pull', '--plain-http', '{alpine}']],
    argv: ['run', '--detach', '--platform', 'linux/s390x', '{alpine}', '{id}', 'sleep', '600'],
  },
  // Only the shim of 1.7 asks whether the sandbox is there.
  detached('--sandbox that is not there', ['--sandbox', 'nope']),
  once('--platform that is bad', ['--platform', 'bogus/x/y/z']),
  detached('--memory-limit', ['--memory-limit', '67108864']),
  detached('--rootfs', [], { setup: [], argv: ['run', '--detach', '--rootfs', '/', '{id}', 'sleep', '600'] }),
];

const errors: readonly CompatCase[] = [
  { name: 'run nothing', argv: ['run'] },
  { name: 'run without an id', argv: ['run', 'x'] },
  { name: 'run --detach --rm', argv: ['run', '--detach', '--rm', 'x', 'y'] },
  {
    name: 'run what is not there',
    argv: ['run', '--rm', 'nope', '{id}'],
    state: ['images', 'containers', 'tasks', 'leases'],
  },
  { name: 'run --config with an image', argv: ['run', '--config', '/x', 'a', 'b'] },
  { name: 'run an id in use', setup: created, argv: ['run', '--rm', '{ref}', '{id}', 'true'] },
  { name: 'run an id that runs', setup: running, argv: ['run', '--rm', '{ref}', '{id}', 'true'] },
  {
    name: 'run a bad id',
    setup: pulled,
    argv: ['run', '{ref}', 'bad id', 'true'],
    state: ['containers', 'tasks', 'leases'],
  },
  foreground('an unknown command', ['{ref}', '{id}', 'nosuchcmd']),
  { name: 'run an unknown command and keep', setup: pulled, argv: ['run', '{ref}', '{id}', 'nosuchcmd'] },
  foreground('in the background an unknown command', [], { argv: ['run', '-d', '{ref}', '{id}', '/nosuch'] }),
  foreground('with an unknown runtime', ['--runtime', 'nope', '{ref}', '{id}', 'true']),
  foreground('with another unknown runtime', ['--runtime', 'io.containerd.nope.v9', '{ref}', '{id}', 'true']),
  foreground('with an unknown snapshotter', ['--snapshotter', 'nope', '{ref}', '{id}', 'true']),
  foreground('with a mount of nothing', [
    '--mount',
    'type=bind,src=/nope,dst=/x,options=rbind',
    '{ref}',
    '{id}',
    'true',
  ]),
  foreground('with a network plugin that is not there', ['--cni', '{ref}', '{id}', 'true']),
  foreground('--cni --net-host', ['--cni', '--net-host', '{ref}', '{id}', 'true'], {
    anyDaemon: true,
    state: ['containers', 'tasks', 'leases'],
    differs: ['host-network-is-the-hosts'],
  }),
  foreground('with a pid file nowhere', ['--pid-file', '/nope/pid', '{ref}', '{id}', 'true'], {
    message: 'failed to create temp file',
  }),
];

/** `ctr run`. */
export const runCases: readonly CompatCase[] = [...streams, ...many, ...background, ...errors];
