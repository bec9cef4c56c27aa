import { safe } from '../output/safe.js';
import type { ListFormat, ListView } from './list-view.js';

/** Renders rows as their view and the user's --quiet and --format say. */
export async function renderList<Row>(rows: readonly Row[], view: ListView<Row>, wanted: ListFormat): Promise<string> {
  if (wanted.quiet === true) return rows.map((row) => `${safe(view.quiet(row))}\n`).join('');
  const { format = 'table' } = wanted;
  if (format !== 'table') return renderFormat(rows, view, format);
  const { drawTable } = await import('../output/table.js');
  const header = [...view.columns.map((column) => column.title), ''];
  const lines = rows.map((row) => {
    const cells = view.columns.map((column) => safe(column.text(row)));
    return view.padsLastCell ? [...cells, ''] : cells;
  });
  return drawTable([header, ...lines], view.style);
}

async function renderFormat<Row>(rows: readonly Row[], view: ListView<Row>, format: string): Promise<string> {
  if (format === 'json') {
    const { formatJson } = await import('../output/json.js');
    return `${formatJson(rows.map(view.json), { indent: 4 })}\n`;
  }
  const { parseTemplate } = await import('../output/template.js');
  const template = parseTemplate(format);
  return rows.map((row) => `${safe(template.execute(view.json(row)))}\n`).join('');
}
