import { describe, expect, test } from '@jest/globals';
import { commonFolder, mountCall } from '../../../src/host/mount-command.js';
import { countMountsIn } from '../../../src/host/mount-table.js';

const layers = (count: number) =>
  Array.from({ length: count }, (_, i) => `/var/lib/containerd/snapshots/${i}/fs`);
const overlay = (lower: readonly string[]) => ({
  type: 'overlay',
  source: 'overlay',
  options: ['workdir=/w', 'upperdir=/u', `lowerdir=${lower.join(':')}`, 'index=off'],
});

describe('how mount(8) is called', () => {
  test('a bind mount', () => {
    expect(mountCall({ type: 'bind', source: '/s', options: ['ro', 'rbind'] }, '/t')).toEqual({
      cwd: '/',
      args: ['-n', '-t', 'bind', '-o', 'ro,rbind', '--', '/s', '/t'],
    });
  });

  test('no options at all', () => {
    expect(mountCall({ type: 'ext4', source: '/dev/x', options: [] }, '-t').args).toEqual([
      ...['-n', '-t', 'ext4', '--', '/dev/x', '-t'],
    ]);
  });

  test('a writable overlay, as the snapshotter says', () => {
    expect(mountCall(overlay(layers(2)), '/t')).toEqual({
      cwd: '/',
      args: [
        ...['-n', '-t', 'overlay', '-o'],
        `workdir=/w,upperdir=/u,lowerdir=${layers(2).join(':')},index=off`,
        ...['--', 'overlay', '/t'],
      ],
    });
  });

  test('an overlay of more layers than fit into a page names them relative to their folder', () => {
    const { cwd, args } = mountCall(overlay(layers(120)), '/t');
    const names = Array.from({ length: 120 }, (_, i) => `${i}/fs`).join(':');
    expect(cwd).toBe('/var/lib/containerd/snapshots');
    expect(args[4]).toBe(`workdir=/w,upperdir=/u,lowerdir=${names},index=off`);
    expect(args[4]!.length).toBeLessThan(4096 - 512);
  });

  test('names that need escapes are left as they are', () => {
    const odd = overlay([...layers(120), String.raw`/with\:colon`]);
    expect(mountCall(odd, '/t')).toEqual({ cwd: '/', args: expect.arrayContaining([odd.options.join(',')]) });
  });
});

test.each([
  [['/a/b/c', '/a/b/d'], '/a/b'],
  [['/a/b/c', '/a/bb/d'], '/a'],
  [['/a', '/b'], '/'],
  [['/a/b'], '/a'],
])('the common folder of %j', (paths, folder) => {
  expect(commonFolder(paths)).toBe(folder);
});

test('mounts are counted by their path', () => {
  const table = [
    '22 1 8:1 / / rw - ext4 /dev/a rw',
    '23 22 0:5 / /mnt rw shared:1 - tmpfs t rw',
    '24 23 0:6 / /mnt ro - tmpfs t rw',
    String.raw`25 22 0:7 / /a\040b\134c\303\244 rw - tmpfs t rw`,
    '26 22 0:8 / /mnt/below rw - tmpfs t rw',
    '',
  ].join('\n');
  expect(['/mnt', '/', '/a b\\cä', '/mn', '/mnt/below'].map((path) => countMountsIn(table, path))).toEqual([
    2, 1, 1, 0, 1,
  ]);
});
