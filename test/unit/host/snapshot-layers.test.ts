import { expect, test } from '@jest/globals';
import { layersOf } from '../../../src/host/snapshot-layers.js';
import { mountCommand } from '../../../src/host/private-mount.js';

const overlay = (...options: readonly string[]) => ({ type: 'overlay', source: 'overlay', options });
const dirs = ['index=off', 'workdir=/s/9/work', 'upperdir=/s/9/fs', 'lowerdir=/s/2/fs:/s/1/fs'];

test.each([
  ['an overlay', [overlay(...dirs)], ['/s/9/fs', '/s/2/fs', '/s/1/fs']],
  ['a view', [overlay('lowerdir=/s/2/fs:/s/1/fs')], ['/s/2/fs', '/s/1/fs']],
  ['a bind', [{ type: 'bind', source: '/s/1/fs', options: ['ro', 'rbind'] }], ['/s/1/fs']],
  ['a bind by option', [{ type: '', source: '/s/1/fs', options: ['rbind'] }], ['/s/1/fs']],
  ['a device', [{ type: 'ext4', source: '/dev/dm-1', options: [] }], undefined],
  ['FUSE', [{ type: 'fuse3.fuse-overlayfs', source: 'overlay', options: dirs }], undefined],
  ['none', [], undefined],
  ['several', [overlay(...dirs), overlay(...dirs)], undefined],
  ['escaped colons', [overlay('lowerdir=/a\\:b:/c')], undefined],
  ['data-only layers', [overlay('lowerdir=/a::/b')], undefined],
  ['relative layers', [overlay('lowerdir=a:b')], undefined],
])('the layers of %s', (_, mounts, layers) => {
  expect(layersOf(mounts)).toEqual(layers);
});

test('an overlay is mounted without its upper directory being written, its layers named from where they are', () => {
  expect(mountCommand(overlay(...dirs, 'userxattr'), '/t')).toEqual({
    cwd: '/s',
    args: [
      '-t',
      'overlay',
      '-o',
      'index=off,userxattr,lowerdir=9/fs:2/fs:1/fs,ro,nosuid,nodev,noexec',
      '--',
      'overlay',
      '/t',
    ],
  });
});

test('layers far apart are named from the root', () => {
  expect(mountCommand(overlay('lowerdir=/a/fs:/ab/fs'), '/t')).toEqual({
    cwd: '/',
    args: ['-t', 'overlay', '-o', 'lowerdir=a/fs:ab/fs,ro,nosuid,nodev,noexec', '--', 'overlay', '/t'],
  });
});

test('anything else is mounted as it is, read-only', () => {
  expect(mountCommand({ type: 'ext4', source: '/dev/dm-1', options: ['rw', 'discard'] }, '/t')).toEqual({
    cwd: '/',
    args: ['-t', 'ext4', '-o', 'discard,ro,nosuid,nodev,noexec', '--', '/dev/dm-1', '/t'],
  });
});
