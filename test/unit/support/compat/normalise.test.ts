import { describe, expect, test } from '@jest/globals';
import { normalise } from '../../../support/compat/normalise.js';
import type { Side } from '../../../support/compat/side.js';

const daemon = { version: '2.1', full: '', socket: '', ctr: '', runc: '', log: '' } as const;
const lab = { dir: '', daemons: [daemon], registry: '', hostsDir: '', skopeo: '', cniPlugins: '' };
const side: Side = { program: 'ctr', namespace: 'ns-of-ctr', folder: '/tmp/of-ctr', daemon, lab };
const even = (...lines: readonly string[]): string => normalise(lines.join('\n'), side, ['pids']);

describe('tables with process ids', () => {
  const table = even('TASK    PID    STATUS    ', 'box     999    PAUSED');

  test.each([
    ['four digits', 'TASK    PID     STATUS    ', 'box     9999    PAUSED'],
    ['five digits', 'TASK    PID      STATUS    ', 'box     10000    PAUSED'],
    ['one digit', 'TASK    PID    STATUS    ', 'box     7      PAUSED'],
  ])('are the same with %s', (_, ...lines) => {
    expect(even(...lines)).toBe(table);
  });

  test.each([
    ['a header too narrow', 'TASK    PID    STATUS    ', 'box     9999    PAUSED'],
    ['a header too wide', 'TASK    PID     STATUS    ', 'box     999    PAUSED'],
    ['a row too wide', 'TASK    PID    STATUS    ', 'box     999     PAUSED'],
    ['a gap too small', 'TASK    PID    STATUS    ', 'box     99999  PAUSED'],
    ['another first column', 'TASK   PID    STATUS    ', 'box    999    PAUSED'],
    ['no process id', 'TASK    PID    STATUS    ', 'box     -      PAUSED'],
    ['another state', 'TASK    PID    STATUS    ', 'box     999    RUNNING'],
  ])('are not the same with %s', (_, ...lines) => {
    expect(even(...lines)).not.toBe(table);
  });

  test('of two rows each cell counts', () => {
    const right = even('PID     INFO', '7       -', '1000    -');
    expect(even('PID      INFO', '70       -', '10000    -')).toBe(right);
    expect(even('PID     INFO', '7      -', '1000    -')).not.toBe(right);
  });
});
