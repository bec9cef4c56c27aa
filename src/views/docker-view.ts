import { parseFormat, renderRows } from '../output/format.js';
import type { JsonObject } from '../output/json.js';
import { safe } from '../output/safe.js';
import type { TemplateValue } from '../output/template.js';

/** A row as docker's --format sees it: every field a text. */
export type DockerFields = Readonly<Record<string, string>>;

/** How one of docker's listings looks. */
export interface DockerView {
  /** The fields of the table, in order. */
  readonly fields: readonly string[];
  /** Titles that are not the field's name in capitals. */
  readonly titles: ReadonlyMap<string, string>;
  /** The field that --quiet prints. */
  readonly quiet: string;
}

/** Renders rows as docker does: its table, `-q`, `--format json` (an object a line), or a template. */
export async function renderDocker(
  rows: readonly DockerFields[],
  view: DockerView,
  wanted: { readonly quiet: boolean; readonly format?: string | undefined },
): Promise<string> {
  const { quiet, format = 'table' } = wanted;
  if (quiet && format === 'table') return rows.map((row) => `${safe(row[view.quiet] ?? '')}\n`).join('');
  const own = `table ${view.fields.map((field) => `{{.${field}}}`).join('\t')}`;
  const parsed = parseFormat(format.trim() === 'table' ? own : format);
  // JSON escapes by itself.
  const shown = parsed.kind === 'json' ? rows : rows.map(safeFields);
  return renderRows({
    format: parsed,
    rows: shown as readonly (JsonObject & Record<string, TemplateValue>)[],
    titles: view.titles,
  });
}

function safeFields(row: DockerFields): DockerFields {
  return Object.fromEntries(Object.entries(row).map(([field, text]) => [field, safe(text)]));
}
