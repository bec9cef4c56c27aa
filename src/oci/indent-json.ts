import { decodeJson } from './json-decode.js';

/**
 * Lays a JSON text out anew, one member a line, and changes nothing but its blanks (Go's json.Indent): numbers and escapes
 * stay as they are written.
 * @returns lines without their ends
 * @throws KindError 'invalid argument' where it is no JSON
 */
export function indentJson(document: Uint8Array, step: string): string[] {
  decodeJson(document);
  const lines: string[] = [''];
  let depth = 0;
  const newLine = (): void => void lines.push(step.repeat(depth));
  const add = (text: string): void => void (lines[lines.length - 1] += text);
  const tokens = [...Buffer.from(document).toString('utf8').matchAll(token)].map(([text]) => text);
  for (const [place, text] of tokens.entries()) {
    const end = closes.get(text);
    const isEmpty =
      (end !== undefined && end === tokens[place + 1]) || closes.get(tokens[place - 1] ?? '') === text;
    if (end !== undefined) {
      add(text);
      depth++;
      if (!isEmpty) newLine();
    } else if (text === '}' || text === ']') {
      depth--;
      if (!isEmpty) newLine();
      add(text);
    } else if (text === ',') {
      add(text);
      newLine();
    } else add(text === ':' ? ': ' : text);
  }
  return lines;
}

const closes: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['[', ']'],
]);

/** A string, a mark, or a run of what is neither: a number, true, false, null. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
