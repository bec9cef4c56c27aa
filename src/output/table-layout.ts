/** How a table is spaced: the parameters of Go's text/tabwriter. Columns are never narrower than 1. */
export interface TableStyle {
  readonly minWidth: number;
  /** Distance of the tab stops; only asked for where padding is done with tabs. */
  readonly tabWidth: number;
  readonly padding: number;
  readonly padChar: ' ' | '\t';
}

/** The spacings that ctr's and docker's listings use. */
export const tableStyles = {
  /** images, namespaces, leases, snapshots, sandboxes. */
  narrow: { minWidth: 1, tabWidth: 8, padding: 1, padChar: ' ' },
  /** containers, tasks, plugins, deprecations. */
  wide: { minWidth: 4, tabWidth: 8, padding: 4, padChar: ' ' },
  /** task ps, task metrics. */
  spaced: { minWidth: 1, tabWidth: 8, padding: 4, padChar: ' ' },
  /** content ls, content active. */
  tabbed: { minWidth: 1, tabWidth: 8, padding: 1, padChar: '\t' },
  /** docker's own listings. */
  docker: { minWidth: 10, tabWidth: 1, padding: 3, padChar: ' ' },
  /** Lists in a help text. */
  help: { minWidth: 1, tabWidth: 8, padding: 2, padChar: ' ' },
} as const satisfies Record<string, TableStyle>;

/**
 * One line of a table, as it would be split at its tabs: every text but the last is a cell, ended by a tab; the last is the
 * tail, which is neither padded nor widens a column. `a\tb\t` is `['a', 'b', '']`.
 */
export type TableLine = readonly string[];

/** Lines that stand below each other and share their columns' widths. */
export interface LineGroup {
  readonly lines: readonly TableLine[];
  /** Of each cell's column, padding included. */
  readonly widths: readonly number[];
}

interface Column {
  width: number;
}

interface OpenGroup {
  readonly lines: TableLine[];
  readonly columns: readonly Column[];
}

/**
 * Finds the width of each line's columns as text/tabwriter does: a column is a block of cells that touch, so that a line
 * with fewer cells ends the columns to its right, and lines below it start them anew.
 */
export function layoutLines(lines: Iterable<TableLine>, style: TableStyle): LineGroup[] {
  const groups: OpenGroup[] = [];
  let group: OpenGroup = { lines: [], columns: [] };
  for (const written of lines) {
    for (const line of splitBreaks(written)) {
      const cells = line.length - 1;
      if (groups.length === 0 || cells !== group.columns.length) {
        group = { lines: [], columns: continueColumns(group.columns, cells, style.minWidth) };
        groups.push(group);
      }
      group.lines.push(line);
      group.columns.forEach((column, i) => {
        column.width = Math.max(column.width, countRunes(line[i] ?? '') + style.padding);
      });
    }
  }
  return groups.map(({ lines, columns }) => ({ lines, widths: columns.map((column) => column.width) }));
}

function continueColumns(above: readonly Column[], count: number, minWidth: number): Column[] {
  return Array.from({ length: count }, (_, i) => above[i] ?? { width: minWidth });
}

/** tabwriter sees one stream of text, so that a tab or a newline inside of a cell breaks the cell or the line. */
function splitBreaks(line: TableLine): readonly TableLine[] {
  if (!line.some((text) => /[\t\n]/.test(text))) return [line];
  return line
    .join('\t')
    .split('\n')
    .map((text) => text.split('\t'));
}

/** The number of code points: what tabwriter takes for a text's width, wide and combining characters included. */
export function countRunes(text: string): number {
  if (!/[\ud800-\udfff]/.test(text)) return text.length;
  return [...text].length;
}
