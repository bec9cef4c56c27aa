import { describe, expect, test } from '@jest/globals';
import { fakeEachTest } from '../support/fake/each-test.js';

const bench = fakeEachTest();

describe('version', () => {
  test('tells the client’s and the daemon’s', async () => {
    const { status, stdout, stderr } = await bench.tctr(['version']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Client:\n {2}Version: .*\n {2}Revision: .*\n {2}Node version: v\d+\..*\n\nServer:\n/,
    );
    expect(stdout).toMatch(
      / {2}Version: {2}1\.6\.20\n {2}Revision: .*\n {2}UUID: 11111111-2222-3333-4444-555555555555\n$/,
    );
  });

  test('tells its own where no daemon is, and fails', async () => {
    const { status, stdout, stderr } = await bench.tctr(['version'], { socket: '/nonexistent.sock' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Client:\n/);
    expect(stdout).not.toContain('Server:');
    expect(stderr).toContain('cannot access socket');
  });

  test('takes no words', async () => {
    expect(await bench.tctr(['version', 'a', 'b'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tctr: extra arguments: &[a b]\n',
    });
    expect(bench.fake.calls.names()).toEqual([]);
  });
});

describe('info', () => {
  test('is JSON, with deprecations where there are some, escapes kept from the terminal', async () => {
    bench.fake.deprecations.push({
      id: 'x',
      message: 'old \u001b[31mthing',
      lastOccurrence: { seconds: 5n, nanos: 6 },
    });
    const { status, stdout } = await bench.tctr(['info']);
    expect(status).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(JSON.parse(stdout)).toEqual({
      server: {
        uuid: '11111111-2222-3333-4444-555555555555',
        pid: 4242,
        pidns: 4026531836,
        deprecations: [
          { id: 'x', message: 'old \u001b[31mthing', last_occurrence: { seconds: 5, nanos: 6 } },
        ],
      },
    });
  });

  test('of a daemon that does not tell is an error', async () => {
    bench.fake.fault(
      { method: 'Introspection.Server' },
      { kind: 'status', code: 'UNIMPLEMENTED', message: 'unknown method Server' },
    );
    const { status, stdout, stderr } = await bench.tctr(['info']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^tctr: unknown method Server\n$/m);
  });
});

describe('plugin list', () => {
  test('a table, ids, and what filters leave', async () => {
    const table = (await bench.tctr(['plugins', 'ls'])).stdout.split('\n');
    expect(table[0]).toMatch(/^TYPE +ID +PLATFORMS +STATUS +$/);
    expect(table.find((line) => line.includes('zfs'))).toMatch(/ zfs +- +skip +$/);
    expect(table.find((line) => line.includes('overlayfs'))).toMatch(/ overlayfs +linux\/amd64 +ok +$/);
    expect((await bench.tctr(['plugin', 'ls', '-q', 'type==io.containerd.snapshotter.v1'])).stdout).toBe(
      'native\noverlayfs\nzfs\n',
    );
  });

  test('in detail, also why one is not there', async () => {
    const { stdout } = await bench.tctr(['plugin', 'ls', '-d', 'id==zfs']);
    expect(stdout).toMatch(
      /^Type: +io\.containerd\.snapshotter\.v1 *\nID: +zfs *\nError: *\n +Code: +Unknown *\n/,
    );
    expect(stdout).toContain('path must be a zfs filesystem: skip plugin');
  });

  test('with a filter that is none', async () => {
    const { status, stdout, stderr } = await bench.tctr(['plugin', 'ls', 'id===a']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^tctr: .*parse error/);
  });
});
