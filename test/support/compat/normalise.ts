import type { Side } from './side.js';

type Rule = (text: string) => string;

/** What differs between two runs of one program, too; each keeps a text's width where a table depends on it. */
const always: readonly Rule[] = [
  (text) => text.replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4} [A-Z]+/g, 'GO-TIME'),
  (text) => text.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, 'TIME'),
  (text) => text.replaceAll(/\b\d{15,19}-[\w-]{4}(?![\w-])/g, 'LEASE'),
  (text) => text.replaceAll(/extract-\d+-[\w-]+/g, 'EXTRACT'),
  (text) => text.replaceAll(/\/run\/containerd\/fifo\/\d+/g, '/run/containerd/fifo/N'),
  (text) => text.replaceAll(/containerd-mount\d+/g, 'containerd-mountN'),
  (text) => text.replaceAll(/snapshots\/\d+\b/g, 'snapshots/N'),
];

const onRequest = {
  /** `task list`, `task ps`: process ids; of their column's width all is kept but what the digits make of it. */
  pids: evenPids,
  /** `* label`: ctr prints a Go map, in random order. */
  labels: (text) =>
    text.replaceAll(/^[^\n\r=\u2028\u2029]*=.*$/gm, (line) => line.split(',').sort().join(',')),
  /** `content list`, `content active`: how old something is, and the tabs that make up for its width. */
  ages: (text) =>
    text
      .replaceAll(
        /\t(?:Less than a second|About an? (?:minute|hour)|\d+ (?:second|minute)s?)(?=\t|$)/gm,
        '\tAGE',
      )
      .replaceAll(/\t+/g, '\t'),
  /** A set of lines. */
  lines: (text) => text.split('\n').sort().join('\n'),
  /** Lines about the side's own namespaces, and a header. */
  mine: (text) => text.replaceAll(/^(?!\{ns\}|NAME).*\n/gm, ''),
  /** Every run of digits: measurements. */
  numbers: (text) => text.replaceAll(/\d+/g, 'N'),
  /** Measurements in JSON: a number that is 0 is left out, and any may be, so only what they are in is compared. */
  measured: (text) => text.replaceAll(/^ +(?:"\w+": )?\d+,?\n/gm, '').replaceAll(/,(?=\n *[}\]])/g, ''),
  /** Runs of blanks, for tables with values of varying width. */
  blanks: (text) => text.replaceAll(/ +/g, ' '),
} satisfies Readonly<Record<string, Rule>>;

/**
 * Writes every process id as `N`, and takes off its cell what the longest of them is longer than a header of three
 * letters: so a table stays as it is but for the digits, and a cell that is not as wide as the others still shows.
 */
function evenPids(text: string): string {
  const rows = text.split('\n').map((line) => /^((?:\S+ +)?)(\d+|PID)( +)(\S.*)$/.exec(line) ?? line);
  const ids = rows.flatMap((row) => (typeof row === 'string' ? [] : [row[2] as string]));
  const longest = Math.max(0, ...ids.map((id) => id.length));
  const even = (row: RegExpExecArray): string => {
    const [, task = '', id = '', blanks = '', rest = ''] = row;
    const gap = id.length + blanks.length - longest;
    return `${task}${id === 'PID' ? 'PID' : 'N  '}${gap < 0 ? `<${-gap} short>` : ' '.repeat(gap)}${rest}`;
  };
  return rows.map((row) => (typeof row === 'string' ? row : even(row))).join('\n');
}

/** Rules that a case asks for. */
export type NormaliserName = keyof typeof onRequest;

/** Rewrites what a side wrote so that two sides that did the same read the same. */
export function normalise(text: string, side: Side, rules: readonly NormaliserName[] = []): string {
  const named = text
    .replaceAll(side.folder, '{tmp}')
    .replaceAll(side.namespace, '{ns}')
    .replaceAll(new RegExp(`^${side.program}: `, 'gm'), '');
  return [...always, ...rules.map((name): Rule => onRequest[name])].reduce(
    (result, rule) => rule(result),
    named,
  );
}
