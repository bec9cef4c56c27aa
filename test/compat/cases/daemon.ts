import type { CompatCase } from '../../support/compat/case.js';

/** What is said of the daemon itself: `ctr version`, `ctr plugin`, `ctr info`. */
export const daemonCases: readonly CompatCase[] = [
  {
    name: 'version',
    argv: ['version'],
    differs: ['own-version', { name: 'no-version-warning', versions: ['1.6', '1.7'] }],
  },
  { name: 'version with words', argv: ['version', 'a', 'b'], stdout: 'ignored' },
  { name: 'plugin list', argv: ['plugin', 'list'], alsoOwn: true },
  { name: 'plugin list by alias', argv: ['plugins', 'ls'] },
  { name: 'plugin list of ids', argv: ['plugin', 'list', '-q'], alsoOwn: true },
  { name: 'plugin list by id', argv: ['plugin', 'list', 'id==overlayfs'], alsoOwn: true },
  { name: 'plugin list by type', argv: ['plugin', 'list', 'type~=snapshotter'], alsoOwn: true },
  { name: 'plugin list of nothing', argv: ['plugin', 'list', 'id==nope'], alsoOwn: true },
  { name: 'plugin list in detail', argv: ['plugin', 'list', '-d'], normalise: ['lines'] },
  {
    name: 'plugin list in detail by id',
    argv: ['plugin', 'list', '--detailed', 'id==overlayfs'],
    normalise: ['lines'],
  },
  { name: 'plugin list with a bad filter', argv: ['plugin', 'list', '|'] },
  { name: 'info', argv: ['info'], versions: ['1.7', '2.1'], alsoOwn: true },
  { name: 'info with a word', argv: ['info', 'x'], versions: ['1.7', '2.1'] },
];
