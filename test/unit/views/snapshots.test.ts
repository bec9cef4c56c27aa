import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SnapshotKind, type SnapshotInfo } from '../../../src/client/snapshots.js';
import { formatJson } from '../../../src/output/json.js';
import { formatRfc3339Local } from '../../../src/output/time.js';
import { leaseList } from '../../../src/views/lease-list.js';
import { mountCommands, mountsJson } from '../../../src/views/mounts.js';
import { renderList } from '../../../src/views/render-list.js';
import { snapshotInfo, snapshotList } from '../../../src/views/snapshot-list.js';
import { snapshotTree } from '../../../src/views/snapshot-tree.js';
import { snapshotUsage } from '../../../src/views/snapshot-usage.js';

const time = { seconds: 1_795_227_424n, nanos: 496_371_666 };
const snapshot = (name: string, parent = '', more: Partial<SnapshotInfo> = {}): SnapshotInfo => ({
  name,
  parent,
  kind: SnapshotKind.COMMITTED,
  createdAt: time,
  updatedAt: time,
  labels: new Map(),
  ...more,
});

describe('snapshot tree', () => {
  test('shows each level sorted, two columns further in', () => {
    const entries = [
      ['c2', 'c1'],
      ['c1', ''],
      ['d3', 'c2'],
      ['s1', 'sha256:aa'],
      ['sha256:aa', ''],
      ['c3', 'c2'],
      ['d2', 'c3'],
      ['B', ''],
    ] as const;
    expect(snapshotTree(entries.map(([name, parent]) => ({ name, parent })))).toBe(
      ' B\n c1\n  \\_ c2\n    \\_ c3\n      \\_ d2\n    \\_ d3\n sha256:aa\n  \\_ s1\n',
    );
  });

  test.each([
    ['nothing', [], ''],
    ['one whose parent has gone', [{ name: 'a', parent: 'gone' }], ' a\n'],
    ['control characters', [{ name: 'a\x1b[2Jb', parent: '' }], ' a\\x1b[2Jb\n'],
  ])('of %s', (_, entries, text) => {
    expect(snapshotTree(entries)).toBe(text);
  });

  test('has a line for each, however deep', () => {
    const deep = Array.from({ length: 2_000 }, (_, i) => ({
      name: `n${i}`,
      parent: i === 0 ? '' : `n${i - 1}`,
    }));
    expect(snapshotTree(deep).split('\n')).toHaveLength(2_001);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/)),
        fc.infiniteStream(fc.nat()),
        (names, picks) => {
          const entries = names.map((name, i) => {
            const pick = picks.next().value as number;
            return { name, parent: i === 0 || pick % 3 === 0 ? '' : names[pick % i]! };
          });
          const lines = snapshotTree(entries).split('\n').slice(0, -1);
          expect(lines.map((line) => line.replace(/^ *(?:\\_ )?/, '')).sort()).toEqual([...names].sort());
        },
      ),
    );
  });
});

describe('snapshot list', () => {
  test('is a table, names or JSON', async () => {
    const rows = [
      snapshot('base'),
      snapshot('work', 'base', { kind: SnapshotKind.ACTIVE }),
      snapshot('look', 'base', { kind: SnapshotKind.VIEW }),
      snapshot('odd', '', { kind: 9 as SnapshotKind }),
    ];
    expect(await renderList(rows, snapshotList, {})).toBe(
      'KEY  PARENT KIND      \nbase        Committed \nwork base   Active    \nlook base   View      \nodd         Unknown   \n',
    );
    expect(await renderList(rows, snapshotList, { quiet: true })).toBe('base\nwork\nlook\nodd\n');
    expect(await renderList(rows, snapshotList, { format: '{{.Name}}:{{.Kind}}' })).toContain('look:View\n');
  });

  test('info leaves out what there is not', () => {
    expect(Object.keys(snapshotInfo(snapshot('a')))).toEqual(['Kind', 'Name', 'Created', 'Updated']);
    const all = snapshotInfo(snapshot('a', 'b', { labels: new Map([['k', 'v']]) }));
    expect(formatJson(all)).toBe(
      '{"Kind":"Committed","Name":"a","Parent":"b","Labels":{"k":"v"},' +
        '"Created":"2026-11-21T02:17:04.496371666Z","Updated":"2026-11-21T02:17:04.496371666Z"}',
    );
  });
});

describe('snapshot usage', () => {
  const rows = [
    { key: 'a', size: 4096n, inodes: 1n },
    { key: 'layer', size: 2n ** 40n, inodes: 12_345n },
  ];

  test.each([
    [false, 'KEY   SIZE    INODES \na     4.0 KiB 1      \nlayer 1.0 TiB 12345  \n'],
    [true, 'KEY   SIZE          INODES \na     4096          1      \nlayer 1099511627776 12345  \n'],
  ])('in bytes: %p', async (bytes, table) => {
    expect(await renderList(rows, snapshotUsage({ bytes }), {})).toBe(table);
  });

  test('keeps every digit in JSON', async () => {
    const size = 2n ** 63n - 1n;
    const text = await renderList([{ key: 'a', size, inodes: size }], snapshotUsage({ bytes: false }), {
      format: 'json',
    });
    expect(text).toContain('"Size": 9223372036854775807');
  });
});

describe('mounts', () => {
  const overlay = { type: 'overlay', source: 'overlay', target: '', options: ['lowerdir=/l', 'index=off'] };

  test.each([
    ['/mnt', 'mount -t overlay overlay /mnt -o lowerdir=/l,index=off\n'],
    ['/mnt/', 'mount -t overlay overlay /mnt -o lowerdir=/l,index=off\n'],
    ['a/../b//', 'mount -t overlay overlay b -o lowerdir=/l,index=off\n'],
    ['/', 'mount -t overlay overlay / -o lowerdir=/l,index=off\n'],
    ['', 'mount -t overlay overlay  -o lowerdir=/l,index=off\n'],
    ['/a b', 'mount -t overlay overlay /a b -o lowerdir=/l,index=off\n'],
    ['/a\x07', 'mount -t overlay overlay /a\\x07 -o lowerdir=/l,index=off\n'],
  ])('on %j', (target, text) => {
    expect(mountCommands([overlay], target)).toBe(text);
  });

  test('below a target of their own, and as JSON', () => {
    expect(mountCommands([{ ...overlay, target: 'sub' }], '/mnt')).toContain(' /mnt/sub -o');
    expect(formatJson(mountsJson([overlay]))).toBe(
      '[{"Type":"overlay","Source":"overlay","Target":"","Options":["lowerdir=/l","index=off"]}]',
    );
  });
});

test('lease list', async () => {
  const labels = new Map([
    ['b', '2'],
    ['a', '1'],
  ]);
  const rows = [
    { id: 'a', createdAt: time, labels },
    { id: 'bc', createdAt: time, labels: new Map<string, string>() },
  ];
  const local = formatRfc3339Local(time);
  const width = local.length;
  expect(await renderList(rows, leaseList, {})).toBe(
    `ID ${'CREATED AT'.padEnd(width)} LABELS  \na  ${local} a=1,b=2 \nbc ${local} -       \n`,
  );
  expect(await renderList(rows, leaseList, { quiet: true })).toBe('a\nbc\n');
  expect(await renderList(rows, leaseList, { format: '{{.ID}} {{.CreatedAt}}' })).toContain(
    'a 2026-11-21T02:17:04.496371666Z\n',
  );
});
