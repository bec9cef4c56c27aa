import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers } from '../support/audit.js';
import { ctr, tctr, twoAtATime, type Ended, type Place } from '../support/faults.js';
import { daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { fetchBase, file, pushHostile, special, type Poison } from '../support/hostile-image.js';
import { startRegistry, type TestRegistry } from '../support/registry/registry.js';

const limit = 120_000;

/** On the host, out of the container's root: who gets its ids has left it. */
const outside = mkdtempSync(join(tmpdir(), 'tctr-outside-'));
writeFileSync(join(outside, 'passwd'), 'alice:x:4242:4242::/:/bin/sh\n', { mode: 0o644 });
writeFileSync(join(outside, 'group'), 'staff:x:4242:alice\n', { mode: 0o644 });
afterAll(() => rmSync(outside, { recursive: true }));

/** A command that prints uid, gid and groups. */
const ids = ['sh', '-c', 'echo $(id -u) $(id -g) $(id -G)'];

const passwd = (line: string) => file('etc/passwd', `root:x:0:0::/:/bin/sh\n${line}\n`);
const group = (line: string) => file('etc/group', `root:x:0:\n${line}\n`);
const alice = passwd('alice:x:1000:1000::/:/bin/sh');
const up = '../'.repeat(12);
const many = (line: string): string => `${line}\n`.repeat(Math.ceil((11 << 20) / (line.length + 1)));

/**
 * What becomes of an image that is run: the pattern of the one line which it is refused in, or what it prints.
 * It is to run {@link ids} if no other command is given.
 */
type Row = readonly [name: string, poison: Poison, outcome: RegExp | string, command?: readonly string[]];

const as = (User: string) => ({ User });
const malformed = (name: string, line: string): Row => [
  `passwd with ${name}`,
  { files: [passwd(line)], config: as('alice') },
  /\/etc\/passwd is malformed: "alice"|no users found/,
];
const malformedGroup = (name: string, line: string): Row => [
  `group with ${name}`,
  { files: [alice, group(line)], config: as('alice:staff') },
  /\/etc\/group is malformed: "staff"|no groups found/,
];

const users: readonly Row[] = [
  [
    'passwd that links out of the root',
    { files: [special('etc/passwd', 'symlink', join(outside, 'passwd'))], config: as('alice') },
    /open \/etc\/passwd: no such file/,
  ],
  [
    'passwd that climbs out of the root',
    { files: [special('etc/passwd', 'symlink', `${up}${outside}/passwd`)], config: as('alice') },
    /open \/etc\/passwd: no such file/,
  ],
  [
    'passwd that links to itself',
    { files: [special('etc/passwd', 'symlink', 'passwd')], config: as('alice') },
    /\/etc\/passwd in the container's root: too many levels of symbolic links/,
  ],
  [
    'etc that links out of the root',
    { files: [special('etc', 'symlink', outside)], config: as('alice') },
    /open \/etc\/passwd: no such file/,
  ],
  [
    'passwd that is a FIFO',
    { files: [special('etc/passwd', 'fifo')], config: as('alice') },
    /\/etc\/passwd in the container's root: is not a regular file/,
  ],
  [
    'passwd that is a directory',
    { files: [special('etc/passwd/', 'directory')], config: as('alice') },
    /\/etc\/passwd in the container's root: is not a regular file/,
  ],
  malformed('no number', 'alice:x:abc:0::/:/bin/sh'),
  malformed('an empty id', 'alice:x:::::'),
  malformed('an id that wraps around to root', 'alice:x:4294967296:0::/:/bin/sh'),
  malformed('the id that means none', 'alice:x:4294967295:0::/:/bin/sh'),
  malformed('a negative id', 'alice:x:-1:0::/:/bin/sh'),
  malformed('a signed id', 'alice:x:+0:+0::/:/bin/sh'),
  malformed('a hexadecimal id', 'alice:x:0x0:0::/:/bin/sh'),
  malformed('a bad group', 'alice:x:1000:abc::/:/bin/sh'),
  malformed('nothing but the name', 'alice'),
  malformed('an escape in the id', 'alice:x:\x1b[31m0:0::/:/bin/sh'),
  [
    'passwd over 10 MiB',
    { files: [file('etc/passwd', many('bob:x:1:1::/:/bin/sh'))], config: as('alice') },
    /\/etc\/passwd in the container's root: exceeds \d+ bytes/,
  ],
  [
    'passwd with a line of 2 MiB',
    {
      files: [file('etc/passwd', `${'a'.repeat(2 << 20)}\nalice:x:0:0::/:/bin/sh\n`)],
      config: as('alice'),
    },
    /\/etc\/passwd is malformed: a line exceeds \d+ bytes/,
  ],
  [
    'group that links out of the root',
    {
      files: [alice, special('etc/group', 'symlink', join(outside, 'group'))],
      config: as('alice:staff'),
    },
    /open \/etc\/group: no such file/,
  ],
  [
    'group that links out of the root, for the groups of a user',
    { files: [alice, special('etc/group', 'symlink', join(outside, 'group'))], config: as('alice') },
    '1000 1000 1000',
  ],
  [
    'group that is a FIFO',
    { files: [alice, special('etc/group', 'fifo')], config: as('alice') },
    /\/etc\/group in the container's root: is not a regular file/,
  ],
  [
    'group that is a directory',
    { files: [alice, special('etc/group/', 'directory')], config: as('alice') },
    /\/etc\/group in the container's root: is not a regular file/,
  ],
  malformedGroup('no number', 'staff:x:abc:'),
  malformedGroup('an id that wraps around to root', 'staff:x:4294967296:'),
  malformedGroup('a negative id', 'staff:x:-5:'),
  malformedGroup('nothing but the name', 'staff'),
  [
    'group over 10 MiB',
    { files: [alice, file('etc/group', many('staff:x:10:bob'))], config: as('alice') },
    /\/etc\/group in the container's root: exceeds \d+ bytes/,
  ],
  [
    'User that wraps around to root',
    { config: as('4294967296') },
    /USER value "4294967296": uid out of range/,
  ],
  ['User that means none', { config: as('4294967295') }, /USER value "4294967295": uid out of range/],
  ['User below zero', { config: as('-1') }, /USER value "-1": uid out of range/],
  ['User with a group that wraps around', { config: as('1:4294967296') }, /gid out of range/],
  ['User without a user', { config: as(':0') }, /invalid USER value :0/],
  ['User with an escape', { config: as('name\x1b[31m') }, /no users found/],
  ['User with three parts', { config: as('a\x1b[31m:b:c\n') }, /invalid USER value a\\x1b\[31m:b:c\\x0a/],
  ['User that is no text', { config: { User: { uid: 0 } } }, /User/],
  [
    'User by number, passwd a FIFO',
    { files: [special('etc/passwd', 'fifo')], config: as('7') },
    /is not a regular file/,
  ],
  [
    'User by number, passwd without it',
    { files: [passwd('bob:x:abc:0::/:/bin/sh\nalice:x:4294967303:0::/:/bin/sh')], config: as('7') },
    '7 0 0',
  ],
  ['no User, passwd a FIFO', { files: [special('etc/passwd', 'fifo')] }, /is not a regular file/],
  ['no User, group a FIFO', { files: [special('etc/group', 'fifo')] }, /is not a regular file/],
];

/** What else a config may hold. */
const configs: readonly Row[] = [
  ['Entrypoint with an escape', { config: { Entrypoint: ['/no\x1b[31msuch'] } }, /\/no\\x1b\[31msuch/, []],
  ['Entrypoint with a NUL', { config: { Entrypoint: ['sh\0'] } }, /image config: a NUL byte/, []],
  ['Entrypoint that is empty text', { config: { Entrypoint: [''] } }, /exec: ""|no command|no such file/, []],
  ['Entrypoint that is no list', { config: { Entrypoint: 'sh' } }, /image config: Entrypoint/, []],
  ['nothing to run', { config: { Cmd: [] } }, /no command|args/, []],
  ['WorkingDir that is relative', { config: { WorkingDir: '../..' } }, /Cwd must be an absolute path/],
  [
    'WorkingDir that cannot be',
    { config: { WorkingDir: '/dev/null/\x1b[31m' } },
    /\/dev\/null: not a directory/,
  ],
  [
    'WorkingDir through a descriptor of the runtime',
    { config: { WorkingDir: '/proc/self/fd/7/../..' } },
    /\/proc\/self\/fd\/7/,
  ],
  [
    'WorkingDir through a link out of the root',
    { files: [special('out', 'symlink', `${up}${outside}`)], config: { WorkingDir: '/out' } },
    /\/out: file exists|\/out.*no such file/,
  ],
  ['Env with an escape', { config: { Env: ['PATH=/bin', 'NAME\x1b[31m=1'] } }, '0 0 0 10'],
  ['Env without a name', { config: { Env: ['PATH=/bin', '=x'] } }, /environment variable name|0 0 0/],
  ['StopSignal with an escape', { config: { StopSignal: '\x1b[31m' } }, '0 0 0 10'],
  ['StopSignal over 4096 bytes', { config: { StopSignal: 'S'.repeat(5_000) } }, /StopSignal exceeds/],
  ['Labels that are no map', { config: { Labels: ['\x1b[31m'] } }, /image config: Labels is not an object/],
];

const long = 'x'.repeat(5_000);
const reserved = [
  'containerd.io/gc.root',
  'containerd.io/gc.ref.content.config',
  'containerd.io/gc.ref.snapshot.overlayfs',
  'containerd.io/gc.expire',
  'containerd.io/snapshot.ref',
  'containerd.io/restart.status',
  'io.cri-containerd.kind',
  'tctr/owner',
];
const Labels: Readonly<Record<string, string>> = {
  ...Object.fromEntries(reserved.map((key) => [key, 'x'])),
  [`${'containerd.io/'}\x1b[31mred`]: 'x',
  'key\x1b[31m\nsecond line': 'value\x1b[31m\nsecond line',
  'key-of-long': long,
  [`${long}\x1b[31m`]: 'y',
};

describe.each(daemonRows())('a hostile image on containerd %s', (_version, daemon) => {
  let place: Place;
  let registry: TestRegistry;
  let base: Awaited<ReturnType<typeof fetchBase>>;
  let count = 0;

  beforeAll(async () => {
    registry = await startRegistry();
    base = await fetchBase();
    place = await makePlace(daemon, 'evil');
  }, limit);
  afterAll(async () => {
    await registry.close();
    await removePlace(place);
  }, limit);

  const pull = async (poison: Poison): Promise<string> => {
    const ref = await pushHostile(registry, base, `evil/${count++}`, poison);
    // ctr cannot unpack what it cannot decode.
    await ctr(place, 'images', 'pull', '--plain-http', ref).catch(() =>
      ctr(place, 'content', 'fetch', '--plain-http', ref),
    );
    return ref;
  };
  const id = () => `${place.namespace}-${count++}`;

  test.each([
    ['users', users],
    ['other members of the config', configs],
  ])(
    '%s: refused in one line that names the culprit, or harmless',
    async (_topic, rows) => {
      const refs: string[] = [];
      for (const [, poison] of rows) refs.push(await pull(poison));
      const before = await audit(daemon, place.namespace);
      const ran = await twoAtATime(rows, async ([name, , outcome, command = ids], index) => ({
        name,
        outcome,
        ran: await tctr(place, ['run', '--rm', refs[index]!, id(), ...command], { deadline: 20_000 }),
      }));
      const faults = ran.filter((each) => !asExpected(each.ran, each.outcome));
      expect(faults.map((each) => ({ ...each, ran: shown(each.ran) }))).toEqual([]);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'task exec --user: a container that has changed its files is trusted no more than its image',
    async () => {
      const ref = await pull({ files: [alice] });
      const box = id();
      await ctr(place, 'run', '--detach', '--null-io', ref, box, 'sleep', '1000');
      const before = await audit(daemon, place.namespace);
      const as = (...words: readonly string[]) =>
        tctr(place, ['task', 'exec', '--exec-id', id(), ...words], { deadline: 20_000 });
      // As a process in there would: the runtime starts none when it cannot read passwd.
      const [, pid] = /^\S+\s+(\d+)\s+RUNNING/m.exec(await ctr(place, 'tasks', 'list')) ?? [];
      const change = (script: string) =>
        execFileSync('sh', ['-c', `rm -rf passwd; ${script}`], {
          cwd: `/proc/${pid}/root/etc`,
          stdio: 'ignore',
        });
      expect(shown(await as('--user', 'alice', box, ...ids))).toEqual([0, '1000 1000 1000\n', '']);
      for (const [script, outcome] of [
        [`ln -s ${outside}/passwd passwd`, /open \/etc\/passwd: no such file/],
        [`ln -s ${up}${outside}/passwd passwd`, /open \/etc\/passwd: no such file/],
        [`ln -s /proc/1/root${outside}/passwd passwd`, /open \/etc\/passwd: no such file/],
        ['ln -s /dev/zero passwd', /open \/etc\/passwd: no such file/],
        ['mkfifo passwd', /is not a regular file/],
        ['mkdir passwd', /is not a regular file/],
        ["printf 'alice:x:4294967296:0::/:/bin/sh\\n' > passwd", /is malformed: "alice"/],
      ] as const) {
        change(script);
        const ran = await as('--user', 'alice', box, ...ids);
        expect({ script, outcome, ran: shown(ran), fine: asExpected(ran, outcome) }).toMatchObject({
          fine: true,
        });
      }
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'labels: those that steer containerd or that it would refuse are left out, and told of',
    async () => {
      const ref = await pull({ config: { Labels } });
      const before = await audit(daemon, place.namespace);
      const box = id();
      const created = await tctr(place, ['container', 'create', ref, box]);
      const rows = created.stderr.split('\n').filter((row) => row !== '');
      expect([created.status, unprintable(created.stderr)]).toEqual([0, false]);
      expect(rows).toHaveLength(Object.keys(Labels).length - 1);
      const info = await ctr(place, 'containers', 'info', box);
      const { Labels: labels } = JSON.parse(info) as { Labels: Readonly<Record<string, string>> };
      expect(Object.keys(labels).filter((key) => key in Labels)).toEqual(['key\x1b[31m\nsecond line']);
      for (const words of [
        ['container', 'info', box],
        ['container', 'list'],
        ['ps', '--all'],
        ['inspect', box],
      ]) {
        const { status, stdout, stderr } = await tctr(place, words);
        expect({ words, status, stderr, raw: unprintable(stdout.toString()) }).toEqual({
          words,
          status: 0,
          stderr: '',
          raw: false,
        });
      }
      expect((await tctr(place, ['container', 'delete', box])).status).toBe(0);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );
});

const unprintable = (text: string): boolean =>
  /[^\x20-\x7e\t\n]/.test(text.replaceAll(/[\u00a0-\u024f]/g, 'x'));

function asExpected({ status, stdout, stderr }: Ended, outcome: RegExp | string): boolean {
  if (typeof outcome === 'string')
    return status === 0 && stdout.toString() === `${outcome}\n` && stderr === '';
  return status === 1 && stdout.length === 0 && /^tctr: [\x20-\x7e]+\n$/.test(stderr) && outcome.test(stderr);
}

const shown = ({ status, stdout, stderr }: Ended) => [status, stdout.toString(), stderr];
