import { KindError } from './errors.js';

/**
 * Splits one line of CSV as Go's encoding/csv does: a field in quotes may hold commas, and `""` for a quote.
 * @throws KindError 'invalid argument' in encoding/csv's words; `EOF` for an empty line
 */
export function parseCsvRecord(line: string): string[] {
  const fields: string[] = [];
  const fail = (column: number, why: string) =>
    new KindError('invalid argument', `parse error on line 1, column ${column + 1}: ${why}`);
  if (line === '') throw new KindError('invalid argument', 'EOF');
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const start = at;
      let field = '';
      at++;
      for (;;) {
        const quote = line.indexOf('"', at);
        if (quote < 0) throw fail(line.length, 'extraneous or missing " in quoted-field');
        field += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        field += '"';
        at++;
      }
      if (at < line.length && line[at] !== ',')
        throw fail(Math.max(start, at - 1), 'extraneous or missing " in quoted-field');
      fields.push(field);
    } else {
      const comma = line.indexOf(',', at);
      const field = line.slice(at, comma < 0 ? undefined : comma);
      const quote = field.indexOf('"');
      if (quote >= 0) throw fail(at + quote, 'bare " in non-quoted-field');
      fields.push(field);
      at += field.length;
    }
    if (at >= line.length) return fields;
    at++;
  }
}
