import { countRunes, layoutLines, type LineGroup, type TableLine, type TableStyle } from './table-layout.js';

/** Draws lines into a text that ends in a newline; the empty text for no lines. */
export type DrawTable = (lines: Iterable<TableLine>, style: TableStyle) => string;

const borderless = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((part) => [part, '']),
);

/** Draws a table byte for byte as Go's text/tabwriter does. Loads cli-table3. */
export async function drawTable(lines: Iterable<TableLine>, style: TableStyle): Promise<string> {
  return (await loadTable())(lines, style);
}

/** Loads cli-table3 for a caller that draws many times, or must not wait while it draws. */
export async function loadTable(): Promise<DrawTable> {
  const { default: Table } = await import('cli-table3');

  // cli-table3 measures every text several times, in display columns, and looks at all rows for each row: 10,000 rows
  // took a second, and wide characters were padded unlike tabwriter's. So it draws each layout once, as a blank row of
  // the columns' widths, and the texts are laid over that row.
  const drawBlankRow = (colWidths: number[]): string => {
    if (colWidths.length === 0) return '';
    const table = new Table({
      chars: borderless,
      colWidths,
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    });
    table.push(colWidths.map(() => ''));
    return table.toString();
  };

  return (lines, style) => {
    // One blank stands for one tab stop where tabs pad.
    const unit = style.padChar === '\t' ? style.tabWidth : 1;
    return layoutLines(lines, style)
      .map((group) => {
        const stops = group.widths.map((width) => Math.ceil(width / unit));
        const blanks = drawBlankRow(stops).replaceAll(' ', style.padChar);
        return layOver(group, { blanks, stops, unit });
      })
      .join('');
  };
}

interface BlankRow {
  readonly blanks: string;
  readonly stops: readonly number[];
  readonly unit: number;
}

function layOver(group: LineGroup, row: BlankRow): string {
  let drawn = '';
  for (const line of group.lines) {
    let end = 0;
    row.stops.forEach((stops, i) => {
      const text = line[i] ?? '';
      end += stops;
      drawn += text + row.blanks.slice(end - stops + Math.floor(countRunes(text) / row.unit), end);
    });
    drawn += `${line.at(-1) ?? ''}\n`;
  }
  return drawn;
}
