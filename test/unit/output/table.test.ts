import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { drawTable } from '../../../src/output/table.js';
import {
  countRunes,
  tableStyles,
  type TableLine,
  type TableStyle,
} from '../../../src/output/table-layout.js';

/** text/tabwriter read literally: each column block is searched for again, from every line. */
function tabwriter(lines: readonly TableLine[], style: TableStyle): string {
  const has = (line: number, column: number) => (lines[line]?.length ?? 0) - 1 > column;
  const width = (line: number, column: number) => {
    let first = line;
    let last = line;
    while (has(first - 1, column)) first--;
    while (has(last + 1, column)) last++;
    const texts = lines
      .slice(first, last + 1)
      .map((cells) => [...(cells[column] ?? '')].length + style.padding);
    return Math.max(style.minWidth, ...texts);
  };
  const pad = (text: string, cell: number) => {
    if (style.padChar === ' ') return text + ' '.repeat(cell - [...text].length);
    const stop = Math.ceil(cell / style.tabWidth) * style.tabWidth;
    return text + '\t'.repeat(Math.ceil((stop - [...text].length) / style.tabWidth));
  };
  return lines
    .map((line, y) => line.map((text, x) => (has(y, x) ? pad(text, width(y, x)) : text)).join('') + '\n')
    .join('');
}

describe('drawTable', () => {
  const cases: [string, keyof typeof tableStyles, TableLine[], string][] = [
    ['no lines', 'narrow', [], ''],
    [
      'a header that ends in a tab keeps its padding',
      'wide',
      [['TASK', 'PID', 'STATUS', '']],
      'TASK    PID    STATUS    \n',
    ],
    [
      'a tail is not padded and widens no column',
      'wide',
      [
        ['TASK', 'PID', 'STATUS', ''],
        ['k1', '42', 'RUNNING-AND-RUNNING'],
      ],
      'TASK    PID    STATUS    \nk1      42     RUNNING-AND-RUNNING\n',
    ],
    [
      'a short line ends the columns to its right',
      'spaced',
      [
        ['ID', 'TIMESTAMP', ''],
        ['a-long-container-id', 'seconds:1', ''],
        [''],
        ['METRIC', 'VALUE', ''],
        ['pids', '1', ''],
      ],
      [
        'ID                     TIMESTAMP    ',
        'a-long-container-id    seconds:1    ',
        '',
        'METRIC    VALUE    ',
        'pids      1        ',
        '',
      ].join('\n'),
    ],
    [
      'a column begun within another goes on beside it',
      'wide',
      [
        ['Type:', ' io.containerd.snapshotter.v1'],
        ['Exports:', ''],
        ['', ' root ', ' /var/lib'],
        ['', ' longer-key ', ' x'],
        ['Error:', ''],
      ],
      [
        'Type:        io.containerd.snapshotter.v1',
        'Exports:    ',
        '             root            /var/lib',
        '             longer-key      x',
        'Error:      ',
        '',
      ].join('\n'),
    ],
    [
      'tabs pad to the next stop',
      'tabbed',
      [
        ['DIGEST', 'SIZE', 'AGE', 'LABELS'],
        [`sha256:${'0'.repeat(64)}`, '1.088MB', '2 hours', '-'],
      ],
      `DIGEST${'\t'.repeat(9)}SIZE\tAGE\tLABELS\nsha256:${'0'.repeat(64)}\t1.088MB\t2 hours\t-\n`,
    ],
    [
      'widths are code points, whatever a terminal shows',
      'narrow',
      [
        ['日本', 'x'],
        ['e\u0301', 'x'],
        ['👍', 'x'],
        ['\x1b[32m', 'x'],
      ],
      '日本    x\ne\u0301    x\n👍     x\n\x1b[32m x\n',
    ],
    [
      'tabs and newlines in a cell break cells and lines',
      'narrow',
      [
        ['a\nb', 'x'],
        ['long\tc', 'x'],
      ],
      'a\nb    x\nlong c x\n',
    ],
    ['docker fills narrow columns to ten', 'docker', [['ID', 'IMAGE']], 'ID        IMAGE\n'],
  ];
  test.each(cases)('%s', async (_, style, lines, expected) => {
    expect(await drawTable(lines, tableStyles[style])).toBe(expected);
  });

  test('agrees with a literal tabwriter', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '日', '👍', '-'), maxLength: 20 });
    const line = fc.array(text, { minLength: 1, maxLength: 5 });
    const style = fc.constantFrom<TableStyle>(...Object.values(tableStyles));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), style, async (lines, drawn) => {
        expect(await drawTable(lines, drawn)).toBe(tabwriter(lines, drawn));
      }),
    );
  });
});

test('countRunes counts code points', () => {
  expect(countRunes('')).toBe(0);
  expect(countRunes('a👍b')).toBe(3);
  expect(countRunes('a\ud800')).toBe(2);
});
