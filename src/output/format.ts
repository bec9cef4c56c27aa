import { formatJson, type JsonObject } from './json.js';
import { drawTable } from './table.js';
import { tableStyles, type TableStyle } from './table-layout.js';
import { parseTemplate, type TemplateValue } from './template.js';

/** What --format asks for: `json`, `table {{.ID}}\t{{.Name}}`, or a template for each row. */
export type Format =
  | { readonly kind: 'json' }
  | { readonly kind: 'table' | 'rows'; readonly template: ReturnType<typeof parseTemplate> };

/**
 * Reads a --format value as docker does: `\t` and `\n` may be written as two characters, as shells pass them.
 * @throws TemplateError
 */
export function parseFormat(format: string): Format {
  const trimmed = format.trim();
  if (trimmed === 'json') return { kind: 'json' };
  const table = /^table\s/.test(trimmed);
  const template = (table ? trimmed.slice('table'.length).trim() : trimmed)
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n');
  return { kind: table ? 'table' : 'rows', template: parseTemplate(template) };
}

/** What is to be shown, and how. */
export interface FormattedRows {
  readonly format: Format;
  readonly rows: Iterable<JsonObject & { readonly [name: string]: TemplateValue }>;
  /** A column's title by its field's name; as in docker, a field without one is headed `<no value>`. */
  readonly titles: ReadonlyMap<string, string>;
  readonly style?: TableStyle;
}

/** Renders rows: with `json` each as an object on a line of its own, with `table` under a header. @throws TemplateError */
export async function renderRows({
  format,
  rows,
  titles,
  style = tableStyles.docker,
}: FormattedRows): Promise<string> {
  if (format.kind === 'json') {
    return Array.from(rows, (row) => `${formatJson(row, { escapeHtml: false, terminalSafe: true })}\n`).join(
      '',
    );
  }
  const { template } = format;
  const lines = Array.from(rows, (row) => template.execute(row));
  if (format.kind === 'rows') return lines.map((line) => `${line}\n`).join('');
  return drawTable(
    [template.executeHeader(titles), ...lines].map((line) => line.split('\t')),
    style,
  );
}
