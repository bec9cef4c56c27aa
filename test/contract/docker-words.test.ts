import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lab, type Daemon } from '../support/lab.js';
import { run, type Stdin } from '../support/run.js';

const { daemons, hostsDir, registry, docker } = lab();
const tctr = join(import.meta.dirname, '../../bin/run.js');
const home = mkdtempSync(join(tmpdir(), 'docker-words-'));
const unique = `${process.pid.toString(36)}${Date.now().toString(36)}`;

afterAll(() => rmSync(home, { recursive: true }));

interface Outcome {
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

async function words(
  daemon: Daemon,
  namespace: string,
  args: readonly string[],
  stdin: Stdin = 'ended',
): Promise<Outcome> {
  const { status, stdout, stderr } = await run({
    file: process.execPath,
    args: [tctr, '-a', daemon.socket, '-n', namespace, ...args],
    cwd: home,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, FROM_OUTSIDE: 'handed on' },
    stdin,
    deadline: 50_000,
  });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

describe.each(daemons)('containerd $version', (daemon) => {
  // runc keeps its state by namespace and id, whichever daemon it is.
  const namespace = `words-${unique}-${daemon.version.replace('.', '')}`;
  const say = (...args: string[]): Promise<Outcome> => words(daemon, namespace, args);
  const done = (stdout: string, status: number | string = 0) => ({ status, stdout, stderr: '' });

  beforeAll(async () => {
    for (const image of ['busybox', 'nginx:alpine']) {
      const pulled = await say('pull', '-q', '--hosts-dir', hostsDir, image);
      expect(pulled.stderr).toBe('');
      expect(pulled.stdout).toBe(`docker.io/library/${image.includes(':') ? image : `${image}:latest`}\n`);
    }
  });

  afterAll(async () => {
    const ids = (await say('ps', '-a', '-q')).stdout.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await say('rm', '-f', ...ids);
    await say(
      'rmi',
      '-f',
      'busybox',
      'nginx:alpine',
      'other/box',
      'saved:1',
      `${registry}/${namespace}/box:1`,
    );
    await say('namespace', 'rm', namespace);
  });

  test('run: the image’s entrypoint stays, arguments, variables and the folder are the process’s', async () => {
    const command = ['sh', '-c', 'echo $A $FROM_OUTSIDE; pwd; id -u; hostname; exit 7'];
    const flags = ['--rm', '--name', 'once', '-e', 'A=1', '-e', 'FROM_OUTSIDE', '-w', '/tmp', '-u', 'nobody'];
    expect(await say('run', ...flags, 'busybox', ...command)).toEqual(
      done('1 handed on\n/tmp\n65534\nonce\n', 7),
    );
    expect((await say('ps', '-a', '-q')).stdout).toBe('');
  });

  test('run: our input with -i only', async () => {
    const cat = ['run', '--rm', '--pull', 'never', 'busybox', 'cat'];
    expect(await words(daemon, namespace, ['docker', ...cat], { text: 'in' })).toEqual(done(''));
    expect(
      await words(daemon, namespace, [...cat.slice(0, 1), '-i', ...cat.slice(1)], { text: 'in' }),
    ).toEqual(done('in'));
  });

  test.each([
    ['a program that is not there', ['run', '--rm', '--name', 'x', 'busybox', 'nope'], 127],
    ['one that cannot be executed', ['run', '--rm', '--name', 'x', 'busybox', '/etc'], 126],
    ['an image that is not there', ['run', '--rm', '--name', 'x', '--pull', 'never', 'nope'], 125],
    ['a port', ['run', '-p', '80:80', 'busybox'], 125],
    ['a terminal off one', ['run', '-it', 'busybox', 'sh'], 1],
    ['an id that containerd refuses', ['run', '--name', '-x', 'busybox', 'true'], 125],
  ])('run: %s', async (_, args, status) => {
    const outcome = await say(...args);
    expect(outcome).toMatchObject({ status, stdout: '' });
    expect(outcome.stderr).toMatch(/^tctr: [^\n]+\n$/);
  });

  test('the life of a container in the background', async () => {
    const id = 'life';
    const script = 'echo out; echo err >&2; trap "exit 3" TERM; while :; do sleep 0.1; done';
    const limits = [
      '-m',
      '64m',
      '--cpus',
      '0.5',
      '--cap-add',
      'NET_ADMIN',
      '--read-only',
      '-v',
      `${home}:/data:ro`,
    ];
    expect(
      await say('run', '-d', '--name', id, '--label', 'a=b', ...limits, 'busybox', 'sh', '-c', script),
    ).toEqual(done('life\n'));

    expect((await say('ps', '--format', '{{.Names}} {{.Image}} {{.State}}')).stdout).toBe(
      'life docker.io/library/busybox:latest running\n',
    );
    expect((await say('ps', '-q', '--filter', 'label=a=b')).stdout).toBe('life\n');
    expect((await say('ps')).stdout).toMatch(
      /^CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES\nlife .* Up \S+/,
    );
    const template =
      '{{.State.Running}} {{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.NetworkMode}}';
    expect(await say('inspect', '-f', template, id)).toEqual(done('true 67108864 500000000 none\n'));

    expect(await say('exec', '-e', 'A=1', '-w', '/tmp', 'lif', 'sh', '-c', 'echo $A; pwd; exit 9')).toEqual(
      done('1\n/tmp\n', 9),
    );
    expect(await words(daemon, namespace, ['exec', '-i', id, 'cat'], { text: 'in' })).toEqual(done('in'));
    expect(await say('exec', id, 'touch', '/data/x')).toMatchObject({ status: 1 });
    expect(await say('exec', id, 'nope')).toMatchObject({ status: 127, stdout: '' });
    expect((await say('top', id)).stdout).toMatch(/^UID +PID .*\n0 +\d+ +\d+ .* sh -c echo out/);

    expect((await say('rm', id)).stderr).toContain(
      'container is running: stop the container before removing or force remove',
    );
    expect((await say('rmi', 'busybox')).stderr).toContain('container life is using its referenced image');

    expect(await say('pause', id)).toEqual(done('life\n'));
    expect((await say('ps', '--format', '{{.Status}}')).stdout).toMatch(/^Up .* \(Paused\)\n$/);
    expect(await say('unpause', id)).toEqual(done('life\n'));

    expect(await say('stop', id)).toEqual(done('life\n'));
    expect((await say('ps', '-a', '--format', '{{.Status}}')).stdout).toMatch(/^Exited \(3\) .* ago\n$/);
    expect(await say('wait', id)).toEqual(done('3\n'));
    expect(await say('exec', id, 'ls')).toMatchObject({ status: 1, stdout: '' });
    const { stdout } = await say('logs', id);
    expect(stdout.split('\n').sort()).toEqual(['', 'err', 'out']);

    expect(await say('start', id)).toEqual(done('life\n'));
    expect(await say('kill', id)).toEqual(done('life\n'));
    expect(await say('wait', id)).toEqual(done('137\n'));
    expect(await say('rm', id)).toEqual(done('life\n'));
    expect(await say('ps', '-a', '-q')).toEqual(done(''));
  });

  test('logs -f ends with the process', async () => {
    const script = 'for i in 1 2 3 4; do echo $i; sleep 0.2; done';
    await say('run', '-d', '--name', 'follow', 'busybox', 'sh', '-c', script);
    expect(await say('logs', '-f', 'follow')).toEqual(done('1\n2\n3\n4\n'));
    expect(await say('logs', '--tail', '2', 'follow')).toEqual(done('3\n4\n'));
    await say('rm', '-f', 'follow');
  });

  test('create, start -a, and what the end was', async () => {
    expect(await say('create', '--name', 'made', 'busybox', 'sh', '-c', 'echo hi; exit 4')).toEqual(
      done('made\n'),
    );
    expect((await say('ps', '-a', '--format', '{{.Status}}', '--filter', 'name=made')).stdout).toBe(
      'Created\n',
    );
    expect(await say('create', '--name', 'made', 'busybox')).toMatchObject({ status: 1, stdout: '' });
    expect(await say('start', '-a', 'made')).toEqual(done('hi\n', 4));
    expect((await say('ps', '-a', '--format', '{{.Status}}', '--filter', 'exited=4')).stdout).toMatch(
      /^Exited \(4\)/,
    );
    expect(await say('rm', 'made')).toEqual(done('made\n'));
  });

  test('images: names, ids, tags, and their removal', async () => {
    expect(await say('tag', 'busybox', 'other/box')).toEqual(done(''));
    const { stdout } = await say(
      'images',
      '--format',
      '{{.Repository}}:{{.Tag}} {{.ID}}',
      '--filter',
      'reference=*box',
    );
    const [line = ''] = stdout.split('\n');
    expect(line).toMatch(/^busybox:latest [\da-f]{12}$/);
    const id = line.split(' ')[1] ?? '';
    expect((await say('inspect', '-f', '{{json .RepoTags}}', id)).stdout).toBe(
      '["busybox:latest","other/box:latest"]\n',
    );
    expect(await say('rmi', id)).toMatchObject({ status: 1, stdout: '' });
    expect(await say('rmi', 'other/box')).toEqual(done('Untagged: docker.io/other/box:latest\n'));
    expect((await say('images', '-q', 'nginx')).stdout).toMatch(/^[\da-f]{12}\n$/);
    expect(await say('rmi', 'nope')).toMatchObject({ status: 1, stdout: '' });
  });

  test('save and load: an image goes out and comes back the same', async () => {
    const archive = join(home, `${daemon.version}.tar`);
    const id = async (): Promise<string> => (await say('inspect', '-f', '{{.Id}}', 'saved:1')).stdout;
    await say('tag', 'busybox', 'saved:1');
    const before = await id();
    expect(await say('save', '-o', archive, 'saved:1')).toEqual(done(''));
    expect(await say('rmi', 'saved:1')).toEqual(done('Untagged: docker.io/library/saved:1\n'));
    expect(await say('load', '-i', archive)).toEqual(done('Loaded image: saved:1\n'));
    expect(await id()).toBe(before);
    expect(await say('run', '--rm', '--pull', 'never', 'saved:1', 'echo', 'back')).toEqual(done('back\n'));
    await say('rmi', 'saved:1');
  });

  test.each<[string, readonly string[], RegExp]>([
    ['save what is not there', ['save', '-o', 'nope.tar', 'nope'], /^tctr: No such image: nope\n$/],
    [
      'save into a folder that is not there',
      ['save', '-o', '/nope/x.tar', 'busybox'],
      /^tctr: open \/nope\/x\.tar: /,
    ],
    ['load a file that is not there', ['load', '-i', '/nope.tar'], /^tctr: open \/nope\.tar: /],
    [
      'push what is not there',
      ['push', '--plain-http', `${registry}/nope/x`],
      /^tctr: .*\/nope\/x:latest": not found\n$/,
    ],
    ['push every tag', ['push', '-a', 'busybox'], /^tctr: --all-tags is not supported: name the tag\n$/],
  ])('%s: one line, and nothing is changed', async (_, args, told) => {
    const images = await say('images');
    const { status, stdout, stderr } = await say(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(told);
    expect(stderr.match(/\n/g)).toHaveLength(1);
    expect(await say('images')).toEqual(images);
    expect(existsSync(join(home, 'nope.tar'))).toBe(false);
  });

  test('load of what is no archive, or is cut short: nothing of it stays', async () => {
    const images = await say('images');
    const archive = join(home, `${daemon.version}-cut.tar`);
    expect(await say('save', '-o', archive, 'busybox')).toEqual(done(''));
    truncateSync(archive, 200_000);
    const cut = await say('load', '-i', archive);
    expect(cut).toMatchObject({ status: 1, stdout: '' });
    expect(cut.stderr).toMatch(/^tctr: unexpected EOF: the archive ends after 200000 bytes .*\n$/);
    const none = await words(daemon, namespace, ['load'], { text: 'no archive' });
    expect(none).toMatchObject({ status: 1, stdout: '' });
    expect(none.stderr).toMatch(/^tctr: unexpected EOF: .*\n$/);
    expect(await say('images')).toEqual(images);
  });

  test('push: the registry has it then, under the name that was given', async () => {
    const ref = `${registry}/${namespace}/box:1`;
    await say('tag', 'busybox', ref);
    const { status, stdout, stderr } = await say('push', '--plain-http', ref);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [, digest] = /^digest: (sha256:[\da-f]{64}) size: \d+$/m.exec(stdout) ?? [];
    expect(stdout.endsWith(`\n${ref}\n`)).toBe(true);
    expect(await say('push', '-q', '--plain-http', ref)).toEqual(done(`${ref}\n`));
    await say('rmi', ref);
    expect((await say('pull', '--plain-http', ref)).stdout).toContain(`Digest: ${digest}\n`);
    await say('rmi', ref);
  });

  test('several words: each is done, the end tells of a failure', async () => {
    const { status, stdout, stderr } = await say('rm', 'nope', 'neither');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe('tctr: No such container: nope\ntctr: No such container: neither\n');
    expect((await say('rm', '-f', 'nope')).status).toBe(0);
  });
});

const moby = docker && daemons.find(({ version }) => version === docker.containerd);

(moby ? describe : describe.skip)('dockerd’s containers', () => {
  const name = `words-${unique}`;
  const docker_ = (...args: string[]) =>
    run({
      file: docker?.cli ?? '',
      args,
      cwd: home,
      env: { DOCKER_HOST: docker?.host ?? '', HOME: home },
      stdin: 'ended',
      deadline: 50_000,
    });
  const say = (...args: string[]): Promise<Outcome> => words(moby as Daemon, 'moby', args);

  beforeAll(async () => {
    const started = await docker_(
      'run',
      '-d',
      '--name',
      name,
      `${lab().registry}/library/busybox`,
      'sh',
      '-c',
      'echo hi; exec sleep 600',
    );
    expect(started.status).toBe(0);
  });
  afterAll(async () => {
    await docker_('rm', '-f', name);
  });

  test('have their names, images and logs', async () => {
    expect((await say('ps', '--filter', `name=${name}`, '--format', '{{.Names}} {{.Image}}')).stdout).toBe(
      `${name} ${lab().registry}/library/busybox\n`,
    );
    expect((await say('logs', name)).stdout).toBe('hi\n');
    expect((await say('exec', name, 'echo', 'in')).stdout).toBe('in\n');
  });

  test('are not removed behind dockerd’s back', async () => {
    const { status, stderr } = await say('rm', name);
    expect(status).toBe(1);
    expect(stderr).toContain('dockerd manages it');
  });
});
