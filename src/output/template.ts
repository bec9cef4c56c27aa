import type { Node } from './template/ast.js';
import { TemplateError } from './template/error.js';
import { evaluateNodes } from './template/evaluate.js';
import { functions, headerFunctions } from './template/functions.js';
import { parseNodes } from './template/parser.js';
import type { TemplateValue } from './template/value.js';

export { TemplateError, type TemplateValue };

/** A template that has been parsed: the part of Go's text/template that --format needs. */
export interface Template {
  /** @throws TemplateError where the data has no such field, or a function cannot take it */
  execute(data: TemplateValue): string;
  /** The header of a table: the same template on the columns' titles. */
  executeHeader(titles: ReadonlyMap<string, string>): string;
}

/** Parses a template, such as `{{.Name}}: {{range .Tags}}{{.}} {{end}}`. @throws TemplateError */
export function parseTemplate(text: string): Template {
  const nodes: readonly Node[] = parseNodes(
    text,
    (name) => functions.has(name) || name === 'and' || name === 'or',
  );
  return {
    execute: (data) => evaluateNodes(nodes, data, functions),
    executeHeader: (titles) => evaluateNodes(nodes, titles, headerFunctions),
  };
}
