import { describe, expect, test } from '@jest/globals';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();
const ok = { status: 0, stdout: '', stderr: '' };

describe('namespace create', () => {
  test('makes one with labels', async () => {
    expect(await bench.tctr(['namespace', 'create', 'a', 'k=v=w', 'bare'])).toEqual(ok);
    expect(bench.fake.calls.only('Namespaces.Create').request).toEqual({
      namespace: {
        name: 'a',
        labels: new Map([
          ['k', 'v=w'],
          ['bare', 'true'],
        ]),
      },
    });
  });

  test.each([
    [[], 'tctr: please specify a namespace\n'],
    [
      ['bad name'],
      'tctr: identifier "bad name" must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$: invalid argument\n',
    ],
  ])('refuses %j', async (words, stderr) => {
    expect(await bench.tctr(['ns', 'c', ...words])).toEqual({ status: 1, stdout: '', stderr });
  });
});

describe('namespace list', () => {
  test('prints a table, names, JSON or a template', async () => {
    bench.fake.state.write('b').labels = new Map([
      ['x', '1'],
      ['a', '2'],
    ]);
    bench.fake.state.write('a');
    expect((await bench.tctr(['namespace', 'ls'])).stdout).toBe(
      'NAME LABELS  \na            \nb    a=2,x=1 \n',
    );
    expect((await bench.tctr(['ns', 'ls', '-q'])).stdout).toBe('a\nb\n');
    expect((await bench.tctr(['ns', 'ls', '--format', '{{.Name}}'])).stdout).toBe('a\nb\n');
    const json = (await bench.tctr(['ns', 'ls', '--format', 'json'])).stdout.trim().split('\n');
    expect(json.length).toBeGreaterThan(0);
  });
});

describe('namespace label', () => {
  test('sets and removes', async () => {
    bench.fake.state.write('a').labels = new Map([['old', '1']]);
    expect(await bench.tctr(['namespace', 'label', 'a', 'old=', 'new=2'])).toEqual(ok);
    expect(bench.fake.state.read('a').labels).toEqual(new Map([['new', '2']]));
  });
});

describe('namespace remove', () => {
  test('goes on behind one that is not empty', async () => {
    const { images } = bench.fake.state.write('full');
    images.set('x', {
      name: 'x',
      labels: new Map(),
      target: undefined,
      createdAt: undefined,
      updatedAt: undefined,
    });
    bench.fake.state.write('empty');
    const { status, stdout, stderr } = await bench.tctr(['namespace', 'rm', 'full', 'empty', 'missing']);
    expect(status).toBe(1);
    expect(stdout).toBe('empty\nmissing\n');
    expect(stderr).toContain(
      'tctr: unable to delete full: namespace "full" must be empty, but it still has images',
    );
    expect([...bench.fake.state.namespaces.keys()]).toEqual(['full']);
  });
});
