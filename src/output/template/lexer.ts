import { TemplateError } from './error.js';

/** A piece of a template: plain text, or what stands between `{{` and `}}`. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly Token[]; readonly line: number };

/** A word of an action. */
export interface Token {
  readonly kind: 'field' | 'variable' | 'identifier' | 'string' | 'number' | 'mark';
  /** As written; of a string its value. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Whether a blank stands before it: `.A.B` is one operand, `.A .B` are two. */
  readonly spaced: boolean;
}

const maxLength = 64 * 1024;

/**
 * Cuts a template into texts and actions, trims blanks beside `{{- ` and ` -}}`, and drops comments.
 * @throws TemplateError
 */
export function lexTemplate(template: string): Segment[] {
  if (template.length > maxLength) throw new TemplateError(`1: longer than ${maxLength} characters`);
  const segments: Segment[] = [];
  const find = createPlaceFinder(template);
  let at = 0;
  let trimNext = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    if (trimNext) text = text.trimStart();
    const trimsLeft = open >= 0 && /^-\s/.test(template.slice(open + 2, open + 4));
    if (trimsLeft) text = text.trimEnd();
    if (text !== '') segments.push({ kind: 'text', text });
    if (open < 0) return segments;
    const { line } = find(open);
    const action = lexAction(template, open + (trimsLeft ? 3 : 2), find);
    if (action.tokens) segments.push({ kind: 'action', tokens: action.tokens, line });
    at = action.end;
    trimNext = action.trimsRight;
  }
}

interface Action {
  /** Undefined for a comment. */
  readonly tokens?: readonly Token[];
  readonly end: number;
  readonly trimsRight: boolean;
}

const closing = /(\s-)?\}\}/y;
const blanks = /\s*/y;
const comment = /\s*\/\*/y;
const words: readonly (readonly [Token['kind'], RegExp])[] = [
  ['field', /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ['number', /[+-]?(?:0x[\da-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)/iy],
  ['variable', /\$[\p{L}\p{N}_]*/uy],
  ['identifier', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)'/y],
  ['mark', /:=|[=|(),.]/y],
];

function lexAction(template: string, start: number, find: PlaceFinder): Action {
  if (matchAt(comment, template, start)) return lexComment(template, find(start).line);
  const tokens: Token[] = [];
  let at = start;
  for (;;) {
    const end = matchAt(closing, template, at) ?? matchAt(closing, template, skipBlanks(template, at));
    if (end) return { tokens, end: closing.lastIndex, trimsRight: end[1] !== undefined };
    const from = skipBlanks(template, at);
    const { line, column } = find(from);
    if (from >= template.length) throw new TemplateError(`${line}: unclosed action`);
    const token = lexToken(template, from);
    if (!token) throw unexpected(template, from, line);
    const spaced = from > at;
    at = from + token.text.length;
    const text = token.kind === 'string' ? unquote(token.text, line) : token.text;
    tokens.push({ kind: token.kind, text, line, column, spaced });
  }
}

function lexToken(template: string, at: number): { kind: Token['kind']; text: string } | undefined {
  for (const [kind, shape] of words) {
    const text = matchAt(shape, template, at)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

function lexComment(template: string, line: number): Action {
  const close = template.indexOf('*/', comment.lastIndex);
  if (close < 0) throw new TemplateError(`${line}: unclosed comment`);
  const end = matchAt(closing, template, close + 2);
  if (!end) throw new TemplateError(`${line}: comment ends before closing delimiter`);
  return { end: closing.lastIndex, trimsRight: end[1] !== undefined };
}

function unexpected(template: string, at: number, line: number): TemplateError {
  const character = String.fromCodePoint(template.codePointAt(at) ?? 0);
  const why = { '"': 'unterminated quoted string', '`': 'unterminated raw quoted string' }[character];
  return new TemplateError(`${line}: ${why ?? `unexpected ${JSON.stringify(character)} in action`}`);
}

function unquote(quoted: string, line: number): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner;
  const whole =
    /^(?:[^\\]|\\(?:[abfnrtv\\"']|x[\da-f]{2}|u[\da-f]{4}|U00(?:0\d|10)[\da-f]{4}|[0-3][0-7]{2}))*$/i;
  if (!whole.test(inner)) throw new TemplateError(`${line}: invalid syntax in string ${quoted}`);
  return inner.replace(/\\(?:x(..)|u(.{4})|U(.{8})|([0-7]{3})|(.))/g, (...groups: (string | undefined)[]) => {
    const [, x, u, long, octal, plain = ''] = groups;
    const hex = x ?? u ?? long;
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    return octal === undefined
      ? (simpleEscapes.get(plain) ?? plain)
      : String.fromCharCode(parseInt(octal, 8));
  });
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

function skipBlanks(template: string, at: number): number {
  matchAt(blanks, template, at);
  return blanks.lastIndex;
}

function matchAt(shape: RegExp, text: string, at: number): RegExpExecArray | null {
  shape.lastIndex = at;
  return shape.exec(text);
}

type PlaceFinder = (at: number) => { readonly line: number; readonly column: number };

/** Tells lines from 1 and columns from 0, for places that are asked for in their order. */
function createPlaceFinder(template: string): PlaceFinder {
  let line = 1;
  let lineStart = 0;
  let nextBreak = template.indexOf('\n');
  return (at) => {
    while (nextBreak >= 0 && nextBreak < at) {
      line++;
      lineStart = nextBreak + 1;
      nextBreak = template.indexOf('\n', lineStart);
    }
    return { line, column: at - lineStart };
  };
}
