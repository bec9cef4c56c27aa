import { allVersions, type Version } from './case.js';
import type { NamedDifference } from './difference.js';
import type { LedgerRow, Standing } from './ledger.js';

const words: Readonly<Record<Standing, string>> = {
  same: 'same',
  differs: 'differs',
  unproven: 'unproven',
  missing: '**missing**',
  none: '–',
};

/** docs/parity.md. */
export function parityPage(
  rows: readonly LedgerRow[],
  spellings: readonly string[],
  known: readonly NamedDifference[],
): string {
  const named = new Set(rows.flatMap(({ differs }) => differs));
  const reasons = known.filter(({ name }) => named.has(name));
  return `${[
    '# Parity with ctr',
    'Made by `npm run parity` from what the compat suite saw when it ran ctr and tctr side by side. Not edited by hand.',
    [
      '- **same**: at least one case that uses it ended alike on that release: stdout, exit code, error, and what is left behind.',
      '- **differs**: each case that uses it shows a difference that is there on purpose; the last column names it.',
      '- **unproven**: tctr has it, and no case on that release uses it.',
      '- **missing**: tctr has it not.',
      '- **–**: the ctr of that release has it not.',
    ].join('\n'),
    'What the last column names of a command shows in some of its cases; the reasons are at the end, all of it in [ctr.md](ctr.md).',
    table(['', ...allVersions], summary(rows)),
    ...topicsOf(rows).flatMap(([title, own]) => [
      `## ${title}`,
      table(['command or flag', ...allVersions, 'differs in'], own.map(cells)),
    ]),
    '## Spellings of ctr’s that tctr does not know',
    spellings.length === 0 ? 'None.' : spellings.map((spelling) => `- \`${spelling}\``).join('\n'),
    '## The differences, and why',
    reasons.map(({ name, reason }) => `- [${name}](ctr.md#${name}): ${reason}`).join('\n'),
  ].join('\n\n')}\n`;
}

/** The cells that stood better in an older page: lines that say so. */
export function worsened(before: string, after: string): readonly string[] {
  const now = standings(after);
  return [...standings(before)].flatMap(([cell, was]) => {
    const is = now.get(cell) ?? 'gone';
    const proven = was === 'same' || was === 'differs';
    const lost = is === 'missing' || is === 'gone' || (proven && is === 'unproven');
    return was !== 'missing' && was !== '–' && lost ? [`${cell}: was ${was}, is ${is}`] : [];
  });
}

/** The cells of a page: `1.6 images pull --local` to its word. */
function standings(page: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of page.split('\n')) {
    const [, what, ...columns] = line.split('|').map((cell) => cell.trim());
    const name = /^`([^`]*)`/.exec(what ?? '')?.[1];
    if (name === undefined) continue;
    allVersions.forEach((version, index) =>
      found.set(`${version} ${name}`, (columns[index] ?? '').replaceAll('*', '')),
    );
  }
  return found;
}

function summary(rows: readonly LedgerRow[]): readonly (readonly string[])[] {
  const count = (version: Version, standing: Standing): string =>
    String(rows.filter((row) => row.standing[version] === standing).length);
  return (['same', 'differs', 'unproven', 'missing'] as const).map((standing) => [
    standing,
    ...allVersions.map((version) => count(version, standing)),
  ]);
}

function topicsOf(rows: readonly LedgerRow[]): readonly (readonly [string, readonly LedgerRow[]])[] {
  const topics = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const title = row.path.split(' ')[0] || 'global flags';
    const own = topics.get(title) ?? [];
    own.push(row);
    topics.set(title, own);
  }
  return [...topics];
}

function cells({ path, flag, aliases, standing, differs }: LedgerRow): readonly string[] {
  const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);
  const name = flag === undefined ? path : `${path} ${dashed(flag)}`.trim();
  const others = aliases.map((alias) => `, \`${flag === undefined ? alias : dashed(alias)}\``).join('');
  // Of a flag that ends alike somewhere, its command tells the rest.
  const telling = flag === undefined || Object.values(standing).includes('differs');
  return [
    `\`${name}\`${others}`,
    ...allVersions.map((version) => words[standing[version]]),
    telling ? differs.join(', ') : '',
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
