/** A command line, what its message has to name, and the exit status if it is not 1. */
export type BadLine = readonly [words: readonly string[], culprit: string, status?: number];

const run = (...flags: readonly string[]): readonly string[] => [
  'run',
  '--rm',
  ...flags,
  '{image}',
  '{id}',
  'true',
];
const pull = (ref: string): BadLine => [['image', 'pull', '--local', '--plain-http', ref], ref.slice(0, 20)];
const newId = (id: string): BadLine => [
  ['run', '--rm', '--detach=false', '{image}', id, 'true'],
  id.slice(0, 20),
];

const references = [
  'busybox',
  'BUSYBOX:latest',
  'localhost/UPPER:x',
  'localhost/a:tag with space',
  'localhost/a@sha256:123',
  'localhost/a@sha256:zz',
  'localhost/a@md5:d41d8cd98f00b204e9800998ecf8427e',
  'localhost/a:',
  'localhost/a@',
  '/a:b',
  'http://localhost/a:b',
  'https://localhost/a:b',
  'localhost/a:-x',
  'localhost/.a:x',
  'local host/a:b',
  'localhost:port/a:b',
  ':tag',
  '@sha256:',
];

const ids = [
  '-x-',
  '.hidden',
  'a/b',
  '../up',
  'a b',
  'a:b',
  'ä',
  'a..b',
  'a_',
  '_a',
  'x'.repeat(77),
  'a@b',
  'a%2fb',
  'a$b',
];

const platforms = [
  ['linux//amd64', 'linux//amd64'],
  ['/', '/'],
  ['a/b/c/d', 'a/b/c/d'],
  ['linux/amd64/', 'linux/amd64/'],
  ['LINUX AMD64', 'LINUX AMD64'],
  ['linux/amd64;', 'linux/amd64;'],
  ['nosuchos', 'nosuchos'],
] as const;

const mounts = [
  'type=bind,bogus=1',
  'nonsense',
  'src',
  'type',
  '=x',
  'type=bind,src=/,=y',
  'type=bind,dst=/x,what=ever',
];

const users = [
  ['nosuchuser', 'no users found'],
  ['root:nosuchgroup', 'no groups found'],
  ['4294967296', '4294967296'],
  ['-1', '-1'],
  ['0:4294967296', '4294967296'],
  ['99999999999999999999', '99999999999999999999'],
  ['0:-1', '-1'],
] as const;

const numbers: readonly (readonly [flag: string, value: string])[] = [
  ['--memory-limit', 'abc'],
  ['--memory-limit', '-1'],
  ['--memory-limit', '1.5'],
  ['--memory-limit', '1g'],
  ['--memory-limit', '18446744073709551616'],
  ['--memory-limit', ''],
  ['--cpu-quota', 'x'],
  ['--cpu-quota', '9223372036854775808'],
  ['--cpu-period', '-5'],
  ['--cpu-period', '1e3'],
  ['--cpu-shares', 'many'],
  ['--cpus', 'two'],
  ['--cpus', '1,5'],
  ['--rlimit-nofile', 'x'],
  ['--rlimit-nofile', '5:4:3'],
  ['--rlimit-nofile', '-1'],
];

const unknown: readonly (readonly string[])[] = [
  ['nosuch'],
  ['nosuch', 'list'],
  ['imags', 'ls'],
  ['Run'],
  ['tasks!'],
  ['--', 'nosuch'],
];

/** Command lines that cannot work, by what is wrong with them. {image}, {id} and {dir} are filled in. */
export const badLines: Readonly<Record<string, readonly BadLine[]>> = {
  'references to pull': references.map(pull),
  'references to run': references.map((ref) => [['run', '--rm', ref, '{id}', 'true'], ref.slice(0, 20)]),
  'container ids': ids.map(newId),
  platforms: platforms.flatMap(([platform, culprit]): BadLine[] => [
    [['run', '--rm', '--platform', platform, '{image}', '{id}', 'true'], culprit],
  ]),
  mounts: mounts.map((mount): BadLine => [run('--mount', mount), 'mount']),
  users: users.map(([user, culprit]): BadLine => [run('--user', user), culprit]),
  numbers: numbers.map(([flag, value]): BadLine => [run(flag, value), value === '' ? flag.slice(2) : value]),
  'switches and values': [
    [run('--no-such-flag'), 'no-such-flag'],
    [run('--tty=maybe'), 'maybe'],
    [run('--rm=2'), '2'],
    [run('--detach'), 'detach'],
    [run('--null-io', '--tty'), 'null-io'],
    [run('--log-uri', 'file:///tmp/x', '--tty'), 'log-uri'],
    [run('--log-uri', 'file:///tmp/x', '--fifo-dir', '/tmp'), 'fifo-dir'],
    [run('--log-uri', 'nonsense'), 'nonsense'],
    [run('--log-uri', 'ftp://x/y'), 'ftp'],
    [run('--privileged-without-host-devices'), 'privileged-without-host-devices'],
    [run('--runc-systemd-cgroup'), 'cgroup'],
    [run('--runtime', 'no such runtime'), 'no such runtime'],
    [run('--runtime', 'io.containerd.nosuch.v9'), 'io.containerd.nosuch.v9'],
    [run('--snapshotter', 'nosuch'), 'nosuch'],
    [run('--cap-add', 'NOT_A_CAP'), 'capabilities'],
    [run('--cap-drop', 'cap_'), 'capabilities'],
    [run('--with-ns', 'nonsense'), '--with-ns'],
    [run('--with-ns', 'bogus:/proc/1/ns/net'), 'bogus'],
    [run('--annotation', 'nonsense'), 'nonsense'],
    [run('--seccomp-profile', '{dir}/missing'), 'seccomp'],
  ],
  files: [
    [run('--env-file', '{dir}/missing.env'), '{dir}/missing.env'],
    [run('--env-file', '{dir}'), '{dir}'],
    [['run', '--rm', '--config', '{dir}/missing.json', '{id}'], '{dir}/missing.json'],
    [['run', '--rm', '--config', '{dir}/not.json', '{id}'], 'spec'],
    [run('--seccomp', '--seccomp-profile', '{dir}/missing.json'), '{dir}/missing.json'],
    [run('--seccomp', '--seccomp-profile', '{dir}/not.json'), 'JSON'],
    [run('--device', '/dev/nosuchdevice'), '/dev/nosuchdevice'],
    [run('--pid-file', '{dir}/missing/pid'), '{dir}/missing/pid'],
    [run('--fifo-dir', '{dir}/file'), '{dir}/file'],
    [run('--fifo-dir', '/proc/nosuch'), '/proc/nosuch'],
    [['run', '--rm', '--rootfs', '{dir}/missing', '{id}', 'true'], '{dir}/missing'],
  ],
  'things that are not there': [
    [['container', 'info', 'nosuch'], 'nosuch'],
    [['container', 'label', 'nosuch', 'a=b'], 'nosuch'],
    [['task', 'start', 'nosuch'], 'nosuch'],
    [['task', 'attach', 'nosuch'], 'nosuch'],
    [['task', 'kill', 'nosuch'], 'nosuch'],
    [['task', 'pause', 'nosuch'], 'nosuch'],
    [['task', 'resume', 'nosuch'], 'nosuch'],
    [['task', 'ps', 'nosuch'], 'nosuch'],
    [['task', 'metrics', 'nosuch'], 'nosuch'],
    [['task', 'exec', '--exec-id', 'e', 'nosuch', 'true'], 'nosuch'],
    [['image', 'label', 'nosuch', 'a=b'], 'nosuch'],
    [['image', 'tag', 'nosuch', 'docker.io/library/x:y'], 'nosuch'],
    [['run', '--rm', 'localhost/nosuch:tag', '{id}', 'true'], 'localhost/nosuch:tag'],
    [['image', 'pull', '--local', '--plain-http', '127.0.0.1:1/nosuch:tag'], '127.0.0.1:1'],
    [['image', 'pull', '--local', '--plain-http', 'nosuchhost.invalid/a:b'], 'nosuchhost.invalid'],
  ],
  'arguments that are missing': [
    [['run'], 'image'],
    [['run', '{image}'], 'id'],
    [['image', 'pull'], 'reference'],
    [['image', 'tag', '{image}'], 'ref'],
    [['task', 'start'], 'id'],
    [['task', 'exec', 'x', 'true'], 'exec-id'],
    [['task', 'kill'], 'id'],
    [['task', 'pause'], 'container'],
    [['container', 'info'], 'id'],
    [['container', 'create'], 'image'],
    [['namespace', 'create'], 'namespace'],
  ],
  signals: [
    [['task', 'kill', '--signal', 'NOSUCH', 'x'], 'NOSUCH'],
    [['task', 'kill', '--signal', '', 'x'], 'invalid signal'],
    [['task', 'kill', '--signal', 'SIG', 'x'], 'SIG'],
  ],
  filters: [
    [['image', 'list', 'name=='], 'name=='],
    [['image', 'list', '=x'], 'filters: parse error'],
    [['container', 'list', 'labels.'], 'labels.'],
    [['container', 'list', 'id!!x'], '!!'],
  ],
  'unknown commands': unknown.map((words): BadLine => [words, words.find((word) => word !== '--')!, 3]),
  'names with control characters': [
    [['image', 'pull', '--local', 'localhost/\x1b]0;own\x07:x'], 'localhost/'],
    [['container', 'info', '\x1b[31mred'], 'red'],
    [['run', '--rm', '{image}', 'a\x07b', 'true'], 'b'],
    [['\x1b[2Jclear'], 'clear', 3],
    [['container', 'info', 'right\u202eleft'], 'right'],
  ],
};

/** Addresses that lead nowhere, and what the message has to name. */
export const badAddresses: readonly (readonly [address: string, culprit: string])[] = [
  ['{dir}/missing.sock', '{dir}/missing.sock'],
  ['{dir}/missing/deeper.sock', '{dir}/missing/deeper.sock'],
  ['{dir}/file', '{dir}/file'],
  ['{dir}', '{dir}'],
  ['/dev/null', '/dev/null'],
  ['unix://{dir}/missing.sock', '{dir}/missing.sock'],
  ['tcp://127.0.0.1:1', '127.0.0.1:1'],
  ['{dir}/' + 'x'.repeat(120), 'xxxx'],
];
