import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ctr, tctr } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { compat } from '../support/compat/suite.js';
import { installCases } from './cases/install.js';

compat('install', installCases);

describe.each(daemonRows())('install on containerd %s', (_version, daemon) => {
  test('writes what ctr writes', async () => {
    const place = await makePlace(daemon, 'install');
    const dir = mkdtempSync(join(tmpdir(), 'tctr-install-'));
    try {
      for (const name of ['ctr', 'tctr']) mkdirSync(join(dir, name));
      await ctr(place, 'install', '--path', join(dir, 'ctr'), busybox());
      expect(await tctr(place, ['install', '--path', join(dir, 'tctr'), busybox()])).toMatchObject({
        status: 0,
        stderr: '',
      });
      const [theirs, ours] = ['ctr', 'tctr'].map((name) => listing(join(dir, name)));
      expect(theirs).toContain('./bin/busybox');
      expect(ours).toBe(theirs);
      execFileSync('diff', ['--recursive', join(dir, 'ctr'), join(dir, 'tctr')]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
      await removePlace(place);
    }
  }, 120_000);
});

/** Every file with its kind, mode, owner, size, links and time. */
function listing(folder: string): string {
  const format = '%p %y %m %U %G %s %n %l %T@\\n';
  return execFileSync('find', ['.', '-mindepth', '2', '-printf', format], { cwd: folder, encoding: 'utf8' })
    .split('\n')
    .sort()
    .join('\n');
}
