import { describe, expect, test } from '@jest/globals';
import { parseRfc3339 } from '../../../src/output/time.js';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();
const leases = () => [...bench.fake.state.read('default').leases.values()];
const secondsLeft = () => {
  const until = parseRfc3339(leases()[0]?.labels.get('containerd.io/gc.expire') ?? '');
  return until === undefined ? undefined : Number(until.seconds) - Date.now() / 1000;
};

describe('lease create', () => {
  test('makes one for a day, under a name of its own', async () => {
    const { status, stdout } = await bench.tctr(['leases', 'create', 'a=b', 'c']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+-[\w-]{4}\n$/);
    expect(leases()).toMatchObject([{ id: stdout.trim() }]);
    expect(leases()[0]!.labels.get('a')).toBe('b');
    expect(leases()[0]!.labels.get('c')).toBe('true');
    expect(Math.abs(secondsLeft()! - 86_400)).toBeLessThan(60);
  });

  test.each([
    ['90m', 5400],
    ['0', undefined],
    ['-1s', undefined],
  ])('for %s', async (expires, seconds) => {
    expect((await bench.tctr(['lease', 'create', '--id', 'x', '-x', expires])).stdout).toBe('x\n');
    if (seconds === undefined) expect(secondsLeft()).toBeUndefined();
    else expect(Math.abs(secondsLeft()! - seconds)).toBeLessThan(60);
  });

  test.each([
    [['-x', 'soon'], 'tctr: invalid value "soon" for flag -x: parse error\n'],
    [['--nope'], 'tctr: flag provided but not defined: -nope\n'],
  ])('refuses %j', async (words, stderr) => {
    expect(await bench.tctr(['lease', 'create', ...words])).toMatchObject({ status: 1, stderr });
    expect(leases()).toEqual([]);
  });
});

describe('lease delete', () => {
  test('collects once, behind the last', async () => {
    for (const id of ['a', 'b']) await bench.tctr(['lease', 'create', '--id', id]);
    expect((await bench.tctr(['lease', 'rm', '--sync', 'a', 'b'])).stdout).toBe('a\nb\n');
    expect(bench.fake.calls.of('Leases.Delete').map(({ request }) => request)).toEqual([
      { id: 'a', sync: false },
      { id: 'b', sync: true },
    ]);
  });

  test('stops at the first that is not there', async () => {
    for (const id of ['a', 'b']) await bench.tctr(['lease', 'create', '--id', id]);
    expect(await bench.tctr(['lease', 'rm', 'a', 'nope', 'b'])).toEqual({
      status: 1,
      stdout: 'a\n',
      stderr: 'tctr: lease "nope": not found (lease ls lists those that exist)\n',
    });
    expect(leases().map(({ id }) => id)).toEqual(['b']);
  });

  test('shows its help when nothing is named', async () => {
    const { status, stdout, stderr } = await bench.tctr(['lease', 'rm']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('tctr lease rm [flags] <id> [<id>...]');
  });
});

test('lease list prints a table, names, JSON or a template', async () => {
  await bench.tctr(['lease', 'create', '--id', 'a\x1bb', '-x', '0']);
  expect((await bench.tctr(['lease', 'ls', '-q'])).stdout).toBe('a\\x1bb\n');
  expect((await bench.tctr(['leases', 'list'])).stdout).toMatch(
    /^ID .*CREATED AT .*LABELS \na\\x1bb \S+ - {6}\n$/,
  );
  expect((await bench.tctr(['lease', 'ls', '--format', '{{.ID}}'])).status).toBe(0);
  expect(JSON.parse((await bench.tctr(['lease', 'ls', '--format', 'json'])).stdout)).toMatchObject([
    { ID: 'a\x1bb' },
  ]);
});
