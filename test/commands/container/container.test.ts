import { describe, expect, test } from '@jest/globals';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();
const create = (id: string, ...flags: string[]) =>
  bench.tctr(['container', 'create', ...flags, '--rootfs', bench.fake.dir, id, 'true']);

describe('container create', () => {
  test('of a folder makes a record under a lease, and gives the lease back', async () => {
    expect(await create('a', '--label', 'k=v')).toEqual({ status: 0, stdout: '', stderr: '' });
    const call = bench.fake.calls.only('Containers.Create');
    expect(call.lease).toMatch(/./);
    expect(call.request).toMatchObject({ container: { id: 'a', labels: new Map([['k', 'v']]) } });
    expect(bench.fake.calls.names().at(-1)).toBe('Leases.Delete');
    expect(bench.fake.state.read('default').leases.size).toBe(0);
  });

  test('that fails leaves no lease', async () => {
    bench.fake.fault(
      { method: 'Containers.Create' },
      { kind: 'status', code: 'UNKNOWN', message: 'disk full' },
    );
    expect(await create('a')).toEqual({ status: 1, stdout: '', stderr: 'tctr: disk full\n' });
    expect(bench.fake.state.read('default').leases.size).toBe(0);
  });

  test('refuses an id that is none before it asks for anything', async () => {
    const { status, stderr } = await create('bad id');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'create container failed validation: container.ID: identifier "bad id" must match',
    );
    expect(bench.fake.calls.names()).toEqual([]);
  });
});

describe('container list, info, label, delete', () => {
  test('of one that is there', async () => {
    await create('a', '--label', 'k=v');
    expect((await bench.tctr(['container', 'ls', '-q'])).stdout).toBe('a\n');
    expect((await bench.tctr(['c', 'ls'])).stdout).toMatch(
      /^CONTAINER +IMAGE +RUNTIME +\na +- +io\.containerd\.runc\.v2 +\n$/,
    );
    const info = JSON.parse((await bench.tctr(['container', 'info', 'a'])).stdout) as Record<string, unknown>;
    expect(info).toMatchObject({ ID: 'a', Labels: { k: 'v' } });
    expect((await bench.tctr(['container', 'label', 'a', 'k=', 'n=1'])).stdout).toBe('n=1\n');
    expect(await bench.tctr(['container', 'rm', 'a'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(bench.fake.state.read('default').containers.size).toBe(0);
  });

  test('delete goes on behind one that is not there', async () => {
    await create('a');
    const { status, stderr } = await bench.tctr(['container', 'rm', 'nope', 'a']);
    expect(status).toBe(1);
    expect(stderr).toContain('container \\"nope\\" in namespace \\"default\\": not found');
    expect(bench.fake.state.read('default').containers.size).toBe(0);
  });

  test.each([
    [['container', 'info'], 'tctr: container id must be provided: invalid argument\n'],
    [['container', 'label'], 'tctr: container id must be provided: invalid argument\n'],
    [['container', 'rm'], 'tctr: must specify at least one container to delete: invalid argument\n'],
    [['container', 'info', 'nope'], 'tctr: container "nope" in namespace "default": not found\n'],
  ])('%j fails', async (argv, stderr) => {
    expect(await bench.tctr(argv)).toEqual({ status: 1, stdout: '', stderr });
  });
});
