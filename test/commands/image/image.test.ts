import { describe, expect, test } from '@jest/globals';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();

function put(name: string, labels: ReadonlyMap<string, string> = new Map()): void {
  const now = bench.fake.state.clock();
  const target = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: `sha256:${'a'.repeat(64)}`,
    size: 1n,
    annotations: new Map(),
  };
  bench.fake.state
    .write('default')
    .images.set(name, { name, labels, target, createdAt: now, updatedAt: now });
}

describe('image list', () => {
  test('prints names only without reading a blob', async () => {
    put('b');
    put('a');
    expect(await bench.tctr(['image', 'ls', '-q'])).toEqual({ status: 0, stdout: 'a\nb\n', stderr: '' });
    expect(bench.fake.calls.names()).toEqual(['Images.List']);
  });

  test('passes filters on, in the namespace that is asked for', async () => {
    await bench.tctr(['-n', 'moby', 'images', 'ls', '-q', 'name==a', 'name==b']);
    const call = bench.fake.calls.only('Images.List');
    expect(call.namespace).toBe('moby');
    expect(call.request).toEqual({ filters: ['name==a', 'name==b'] });
  });

  test('tells of a filter that is none', async () => {
    const { status, stderr } = await bench.tctr(['image', 'ls', 'name===a']);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^tctr: failed to list images: filters: parse error: .*unsupported operator "==="/,
    );
  });
});

describe('image delete', () => {
  test('waits for the collector behind the last name only', async () => {
    put('a');
    put('b');
    expect(await bench.tctr(['image', 'rm', '--sync', 'a', 'b'])).toMatchObject({
      status: 0,
      stdout: 'a\nb\n',
    });
    expect(bench.fake.calls.of('Images.Delete').map(({ request }) => request)).toMatchObject([
      { name: 'a', sync: false },
      { name: 'b', sync: true },
    ]);
  });

  test('warns of a name that is not there, and ends well', async () => {
    const { status, stdout, stderr } = await bench.tctr(['image', 'rm', 'nope']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^time="[^"]+" level=warning msg="nope: image not found"\n$/);
  });
});

describe('image label', () => {
  test('prints the labels that result', async () => {
    put('a', new Map([['old', '1']]));
    expect(await bench.tctr(['image', 'label', 'a', 'new=2', 'old='])).toEqual({
      status: 0,
      stdout: 'new=2\n',
      stderr: '',
    });
    expect(await bench.tctr(['image', 'label', '-r', 'a', 'only=1'])).toMatchObject({ stdout: 'only=1\n' });
  });

  test('needs an image', async () => {
    expect(await bench.tctr(['image', 'label'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tctr: please specify an image\n',
    });
    expect(await bench.tctr(['image', 'label', 'nope', 'a=b'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tctr: image "nope": not found\n',
    });
  });
});

describe('image tag', () => {
  test('gives further names, and refuses one that is taken with --local', async () => {
    put('docker.io/library/a:1');
    const target = 'docker.io/library/b:1';
    expect(await bench.tctr(['image', 'tag', 'docker.io/library/a:1', target])).toMatchObject({
      status: 0,
      stdout: `${target}\n`,
    });
    const { status, stderr } = await bench.tctr(['image', 'tag', '--local', 'docker.io/library/a:1', target]);
    expect(status).toBe(1);
    expect(stderr).toContain(`image "${target}": already exists`);
  });
});
