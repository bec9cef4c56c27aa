import { safe } from '../output/safe.js';
import type { JsonObject } from '../output/json.js';
import type { TemplateValue } from '../output/template.js';
import type { ListFormat, ListView } from './list-view.js';

/** Renders rows as their view and the user's --quiet and --format say. */
export async function renderList<Row>(
  rows: readonly Row[],
  view: ListView<Row>,
  wanted: ListFormat,
): Promise<string> {
  if (wanted.quiet === true) return rows.map((row) => `${safe(view.quiet(row))}\n`).join('');
  const { format = 'table' } = wanted;
  if (format !== 'table') return renderFormat(rows, view, format);
  const { drawTable } = await import('../output/table.js');
  const titles = view.columns.map((column) => column.title);
  const header = view.padsHeader === false ? titles : [...titles, ''];
  const lines = rows.map((row) => {
    const cells = view.columns.map((column) => safe(column.text(row)));
    return view.padsLastCell ? [...cells, ''] : cells;
  });
  return drawTable([header, ...lines], view.style);
}

/** A JSON array as ctr indents it, or docker's templates and tables on the rows' JSON fields. */
async function renderFormat<Row>(rows: readonly Row[], view: ListView<Row>, format: string): Promise<string> {
  const { parseFormat, renderRows } = await import('../output/format.js');
  const parsed = parseFormat(format);
  const objects = rows.map((row) => view.json(row));
  if (parsed.kind === 'json') {
    const { formatJson } = await import('../output/json.js');
    return `${formatJson(objects, { indent: 4, terminalSafe: true })}\n`;
  }
  const titles = new Map(Object.keys(objects[0] ?? {}).map((name) => [name, name.toUpperCase()]));
  return renderRows({
    format: parsed,
    rows: objects as readonly (JsonObject & { readonly [name: string]: TemplateValue })[],
    titles,
    style: view.style,
  });
}
