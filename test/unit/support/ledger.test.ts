import { describe, expect, test } from '@jest/globals';
import type { Version } from '../../support/compat/case.js';
import { usesOf, type InventoryCommand } from '../../support/compat/inventory.js';
import { ledger, missingSpellings, type LedgerRow, type Own } from '../../support/compat/ledger.js';
import { parityPage, worsened } from '../../support/compat/parity-page.js';
import type { Evidence } from '../../support/compat/record.js';

const all: readonly Version[] = ['1.6', '1.7', '2.1'];
const inventory: readonly InventoryCommand[] = [
  {
    path: '',
    topic: true,
    versions: all,
    aliases: [],
    flags: [{ name: 'namespace', names: ['namespace', 'n'], value: true, versions: all }],
  },
  {
    path: 'images',
    topic: true,
    versions: all,
    aliases: [{ name: 'i', versions: all }],
    flags: [],
  },
  {
    path: 'images list',
    topic: false,
    versions: all,
    aliases: [{ name: 'ls', versions: all }],
    flags: [
      { name: 'quiet', names: ['quiet', 'q'], value: false, versions: all },
      { name: 'late', names: ['late'], value: true, versions: ['2.1'] },
    ],
  },
];
const own: Own = new Map([
  ['', new Set<string>()],
  ['--namespace', new Set(['namespace', 'n'])],
  ['images', new Set(['i'])],
  ['images list', new Set(['ls'])],
  ['images list --quiet', new Set(['quiet', 'q'])],
  ['images list --late', new Set(['late'])],
]);
const passed = (argv: readonly string[], more: Partial<Evidence> = {}): Evidence => ({
  topic: 'image',
  name: argv.join(' '),
  versions: all,
  argv,
  differs: [],
  ...more,
});
const standing = (rows: readonly LedgerRow[], path: string, flag?: string): readonly string[] =>
  all.map((version) => rows.find((row) => row.path === path && row.flag === flag)!.standing[version]);

describe('what a line uses', () => {
  test.each([
    [
      ['-n', 'x', 'i', 'ls', '-q'],
      ['', '--namespace', 'images', 'images list', 'images list --quiet'],
    ],
    [
      ['images', 'list', 'a', '-q'],
      ['', 'images', 'images list'],
    ],
    [
      ['images', 'list', '--', '-q'],
      ['', 'images', 'images list'],
    ],
    [['images', 'list', '--help'], []],
    [['images', 'list', '--nope'], []],
    [['images'], []],
    [['nope', 'list'], []],
    [[], []],
  ])('%j', (argv, uses) => {
    expect([...usesOf(inventory, argv)].sort()).toEqual([...uses].sort());
  });
});

describe('the ledger', () => {
  test('what no case uses is unproven, what ctr has not is none, what tctr has not is missing', () => {
    const rows = ledger(inventory, new Map([...own].filter(([key]) => key !== 'images list --quiet')), []);
    expect(standing(rows, 'images list')).toEqual(['unproven', 'unproven', 'unproven']);
    expect(standing(rows, 'images list', 'late')).toEqual(['none', 'none', 'unproven']);
    expect(standing(rows, 'images list', 'quiet')).toEqual(['missing', 'missing', 'missing']);
  });

  test('a case speaks for the releases that it ran on', () => {
    const rows = ledger(inventory, own, [passed(['images', 'list', '-q'], { versions: ['1.7'] })]);
    expect(standing(rows, 'images list', 'quiet')).toEqual(['unproven', 'same', 'unproven']);
  });

  test('one that ended alike outweighs one that shows a difference, which is named still', () => {
    const differing = passed(['images', 'list', '-q'], { differs: ['sorted'] });
    const rows = ledger(inventory, own, [differing, passed(['images', 'list'])]);
    expect(standing(rows, 'images list')).toEqual(['same', 'same', 'same']);
    expect(standing(rows, 'images list', 'quiet')).toEqual(['differs', 'differs', 'differs']);
    expect(rows.find(({ path, flag }) => path === 'images list' && !flag)?.differs).toEqual(['sorted']);
  });

  test('evidence does not make up for what tctr has not', () => {
    const rows = ledger(inventory, new Map(), [passed(['images', 'list', '-q'])]);
    expect(standing(rows, 'images list')).toEqual(['missing', 'missing', 'missing']);
  });

  test('spellings that tctr does not know', () => {
    const fewer = new Map([
      ...own,
      ['images', new Set<string>()],
      ['images list --quiet', new Set(['quiet'])],
    ]);
    expect(missingSpellings(inventory, fewer)).toEqual(['images: i', 'images list: -q']);
  });
});

describe('the page', () => {
  const page = (evidence: readonly Evidence[], has: Own = own): string =>
    parityPage(ledger(inventory, has, evidence), [], []);
  const shown = page([passed(['images', 'list', '-q'])]);

  test('has a row for each', () => {
    expect(shown).toContain('| `images list --quiet`, `-q` | same | same | same |  |');
    expect(shown).toContain('| `images list --late` | – | – | unproven |  |');
  });

  test('tells what became worse', () => {
    expect(worsened(shown, shown)).toEqual([]);
    expect(worsened(page([]), shown)).toEqual([]);
    expect(worsened(shown, page([passed(['images', 'list'])]))).toEqual(
      all.map((version) => `${version} images list --quiet: was same, is unproven`),
    );
    const without = new Map([...own].filter(([key]) => key !== 'images list --late'));
    expect(worsened(shown, page([passed(['images', 'list', '-q'])], without))).toEqual([
      '2.1 images list --late: was unproven, is missing',
    ]);
  });
});
