import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fakeEachTest } from '../../support/fake/each-test.js';
import { buildImage } from '../../support/registry/content.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';

const bench = fakeEachTest();
const { tctr } = bench;
const image = buildImage({ seed: 'docker', layerSizes: [1000] });
let registry: TestRegistry;
let ref: string;
const bucket = () => bench.fake.state.read('default');

beforeEach(async () => {
  registry = await startRegistry();
  registry.push('app', image, '1');
  ref = `${registry.host}/app:1`;
  await tctr(['image', 'pull', '--plain-http', ref]);
});
afterEach(() => registry.close());

/** Runs a container in the background, as ctr does. */
const up = (id: string, ...command: readonly string[]) =>
  tctr(['run', '-d', '--null-io', ref, id, 'sleep', ...command]);
const rows = (text: string): readonly (readonly string[])[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));

describe('run with an image', () => {
  test('passes output and status on, and leaves nothing with --rm', async () => {
    bench.fake.script('box', { stdout: 'out\n', stderr: 'err\n', exit: 3 });
    expect(await tctr(['run', '--rm', ref, 'box', 'sh', '-c', 'x'])).toEqual({
      status: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect(bucket().containers.size).toBe(0);
    expect(bucket().leases.size).toBe(0);
    expect([...(bucket().snapshots.get('overlayfs')?.keys() ?? [])]).not.toContain('box');
  });

  test('keeps the container without it, made as the image says', async () => {
    bench.fake.script('box', { exit: 0 });
    expect((await tctr(['run', '--label', 'k=v', ref, 'box', 'true'])).status).toBe(0);
    const info = JSON.parse((await tctr(['container', 'info', 'box'])).stdout) as {
      Image: string;
      Labels: Record<string, string>;
      Spec: { process: { args: string[]; env: string[] } };
    };
    expect(info.Image).toBe(ref);
    expect(info.Labels['k']).toBe('v');
    expect(info.Spec.process.args).toEqual(['true']);
    expect(info.Spec.process.env).toContain('SEED=docker');
  });

  test('that cannot be started leaves nothing', async () => {
    bench.fake.script('box', { startError: 'exec: "nosuch": executable file not found in $PATH' });
    const { status, stderr } = await tctr(['run', ref, 'box', 'nosuch']);
    expect(status).toBe(1);
    expect(stderr).toContain('executable file not found');
    expect(bucket().tasks.size).toBe(0);
    expect(bucket().leases.size).toBe(0);
  });

  test.each<[readonly string[], string]>([
    [
      ['run', '--rm', 'busybox', 'echo', 'hi there'],
      `tctr: image "busybox": not found (tctr pull busybox fetches it; ctr's run takes a full image name and an id; docker's form: tctr docker run --rm busybox echo 'hi there')\n`,
    ],
    [
      ['run', 'busybox:nope'],
      `tctr: image "busybox:nope": not found, and container id must be provided (tctr pull busybox:nope fetches it; ctr's run takes a full image name and an id; docker's form: tctr docker run busybox:nope)\n`,
    ],
    [
      ['run', '--net-host', 'busybox', 'echo'],
      'tctr: image "busybox": not found (tctr pull busybox fetches it; ctr\'s run takes a full image name and an id; docker\'s form: tctr docker run --help)\n',
    ],
    [
      ['run', '--env', 'A=b c', 'docker.io/library/nope:1', 'box'],
      'tctr: image "docker.io/library/nope:1": not found (tctr image pull docker.io/library/nope:1 fetches it)\n',
    ],
    [['run'], 'tctr: image ref must be provided\n'],
    [['run', '--rootfs', '/nowhere'], 'tctr: container id must be provided\n'],
  ])('%j is told how to go on', async (argv, stderr) => {
    expect(await tctr(argv)).toEqual({ status: 1, stdout: '', stderr });
    expect(bucket().containers.size).toBe(0);
  });

  test('that is there, whose id is not, is told of the id', async () => {
    await tctr(['image', 'tag', ref, 'docker.io/library/busybox:latest']);
    const hint = (line: string) =>
      `(ctr's run takes a full image name and an id; docker's form: tctr docker run ${line})\n`;
    const told = async (...words: readonly string[]) => (await tctr(['run', ...words])).stderr;
    expect(await told('busybox')).toBe(`tctr: container id must be provided ${hint('busybox')}`);
    expect(await told(ref)).toBe(`tctr: container id must be provided ${hint(ref)}`);
    expect(await told('busybox', 'sh')).toBe(`tctr: image "busybox": not found ${hint('busybox sh')}`);
  });

  test('whose id is not there is told so without a daemon too', async () => {
    const { status, stderr } = await tctr(['run', 'busybox'], { socket: '/nonexistent.sock' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^tctr: container id must be provided \(ctr's run .*\)\n$/);
  });
});

describe('ps', () => {
  test('lists what runs; -a the rest too; -q ids', async () => {
    await up('one', '100');
    await tctr(['container', 'create', ref, 'two', 'true']);
    const [titles, ...running] = rows((await tctr(['ps'])).stdout);
    expect(titles).toEqual(['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES']);
    expect(running).toHaveLength(1);
    expect(running[0]?.slice(0, 3)).toEqual(['one', ref, '"sleep 100"']);
    expect(running[0]?.[4]).toMatch(/^Up/);
    expect((await tctr(['ps', '-a', '-q'])).stdout.trim().split('\n').sort()).toEqual(['one', 'two']);
    expect((await tctr(['ps', '-a', '--format', '{{.Names}} {{.State}}', '-f', 'name=two'])).stdout).toBe(
      'two created\n',
    );
  });

  test('takes no words, and no filter that nobody knows', async () => {
    expect(await tctr(['ps', 'x'])).toMatchObject({ status: 1, stdout: '' });
    const { status, stderr } = await tctr(['ps', '-f', 'colour=red']);
    expect(status).toBe(1);
    expect(stderr).toContain('colour');
  });
});

describe('images', () => {
  test('a row for each name, ids and templates', async () => {
    const [titles, row] = rows((await tctr(['images'])).stdout);
    expect(titles).toEqual(['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'SIZE']);
    const id = image.config.digest.slice('sha256:'.length);
    expect(row?.slice(0, 3)).toEqual([`${registry.host}/app`, '1', id.slice(0, 12)]);
    expect((await tctr(['images', '-q', '--no-trunc'])).stdout).toBe(`sha256:${id}\n`);
    expect((await tctr(['images', 'nope'])).stdout.trim().split('\n')).toHaveLength(1);
  });

  test('docker’s words are all in the help of docker', async () => {
    const { stdout } = await tctr(['docker', '--help']);
    const words = [...stdout.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, word]) => word);
    expect(words).toEqual(
      expect.arrayContaining(['create', 'exec', 'images', 'logs', 'ps', 'pull', 'rm', 'run', 'stop']),
    );
    expect(words).toEqual([...new Set(words)].sort());
  });
});

describe('stop, kill, pause, unpause, wait and rm', () => {
  test('print the word of each that is done, and fail with one that is not there', async () => {
    await up('one', '100');
    await up('two', '100');
    expect(await tctr(['pause', 'one'])).toEqual({ status: 0, stdout: 'one\n', stderr: '' });
    expect((await tctr(['ps', '--format', '{{.Names}} {{.State}}'])).stdout).toContain('one paused\n');
    expect(await tctr(['unpause', 'one'])).toEqual({ status: 0, stdout: 'one\n', stderr: '' });
    const killed = await tctr(['kill', 'nope', 'one']);
    expect(killed).toEqual({ status: 1, stdout: 'one\n', stderr: 'tctr: No such container: nope\n' });
    expect(await tctr(['stop', 'two'])).toEqual({ status: 0, stdout: 'two\n', stderr: '' });
    expect(await tctr(['wait', 'one'])).toMatchObject({ status: 0, stdout: '137\n' });
    expect(await tctr(['kill', 'one'])).toMatchObject({ status: 1, stdout: '' });
    expect(await tctr(['rm', 'one', 'two'])).toEqual({ status: 0, stdout: 'one\ntwo\n', stderr: '' });
    expect(bucket().containers.size).toBe(0);
  });

  test('rm refuses one that runs, and takes it by force', async () => {
    await up('one', '100');
    const { status, stdout, stderr } = await tctr(['rm', 'one']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^tctr: .*one.*\n$/);
    expect(await tctr(['rm', '-f', 'one'])).toEqual({ status: 0, stdout: 'one\n', stderr: '' });
    expect(bucket().tasks.size).toBe(0);
  });

  test.each(['stop', 'kill', 'pause', 'unpause', 'wait', 'rm', 'start', 'logs'])(
    '%s wants a container',
    async (word) => {
      const { status, stdout, stderr } = await tctr([word]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^tctr: .*argument/);
      expect(await tctr([word, 'nope'])).toMatchObject({
        status: 1,
        stderr: 'tctr: No such container: nope\n',
      });
    },
  );
});
