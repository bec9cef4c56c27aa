import type { Command, Node, Operand, Pipe, Place } from './ast.js';
import { TemplateError } from './error.js';
import { lexTemplate, type Segment, type Token } from './lexer.js';

const maxNesting = 100;
const parenthesized = 'parenthesized pipeline';

/**
 * Parses a template (Go text/template). Not part of the subset: define, template, block, break, continue.
 * @param isFunction tells which names are functions
 * @throws TemplateError
 */
export function parseNodes(template: string, isFunction: (name: string) => boolean): readonly Node[] {
  return new Parser(lexTemplate(template), isFunction).root();
}

type ActionSegment = Extract<Segment, { kind: 'action' }>;

class Parser {
  private next = 0;
  private nesting = 0;
  /** The variables in sight, the innermost last. */
  private variables = ['$'];

  constructor(
    private readonly segments: readonly Segment[],
    private readonly isFunction: (name: string) => boolean,
  ) {}

  root(): Node[] {
    const { nodes, end } = this.block();
    if (end) throw new TemplateError(`${end.line}: unexpected {{${end.tokens[0]?.text}}}`);
    return nodes;
  }

  /** Nodes up to the end, or to an `else` or `end` that is not theirs. */
  private block(): { nodes: Node[]; end?: ActionSegment } {
    const nodes: Node[] = [];
    for (;;) {
      const segment = this.segments[this.next++];
      if (!segment) return { nodes };
      if (segment.kind === 'text') {
        nodes.push(segment);
        continue;
      }
      const [word] = segment.tokens;
      if (!word) throw new TemplateError(`${segment.line}: missing value for command`);
      if (isWord(word, ['else', 'end'])) return { nodes, end: segment };
      nodes.push(this.action(segment, word));
    }
  }

  private action(segment: ActionSegment, word: Token): Node {
    if (isWord(word, ['if', 'with', 'range'])) {
      return this.branch(word.text as 'if' | 'with' | 'range', segment, segment.tokens.slice(1));
    }
    if (isWord(word, ['define', 'template', 'block', 'break', 'continue'])) {
      throw new TemplateError(`${segment.line}: {{${word.text}}} is not supported`);
    }
    return { kind: 'action', pipe: this.pipe(new Cursor(segment.tokens, segment.line), 'command') };
  }

  private branch(kind: 'if' | 'with' | 'range', segment: ActionSegment, tokens: readonly Token[]): Node {
    if (++this.nesting > maxNesting) throw new TemplateError(`${segment.line}: nested too deep`);
    const outside = this.variables.length;
    const pipe = this.pipe(new Cursor(tokens, segment.line), kind);
    const { nodes: body, end } = this.block();
    const otherwise = this.otherwise(kind, end);
    this.variables.length = outside;
    this.nesting--;
    return { kind, pipe, body, otherwise };
  }

  private otherwise(kind: 'if' | 'with' | 'range', end: ActionSegment | undefined): Node[] {
    const lastLine =
      this.segments.at(-1)?.kind === 'action' ? (this.segments.at(-1) as ActionSegment).line : 1;
    if (!end) throw new TemplateError(`${lastLine}: unexpected EOF`);
    const [word, second] = end.tokens;
    if (word?.text === 'end') {
      if (second) throw new TemplateError(`${end.line}: unexpected ${JSON.stringify(second.text)} in end`);
      return [];
    }
    if (second && isWord(second, [kind]) && kind !== 'range')
      return [this.branch(kind, end, end.tokens.slice(2))];
    if (second) throw new TemplateError(`${end.line}: unexpected ${JSON.stringify(second.text)} in else`);
    const rest = this.block();
    if (rest.end?.tokens[0]?.text !== 'end') {
      throw new TemplateError(
        `${rest.end?.line ?? lastLine}: ${rest.end ? 'unexpected {{else}}' : 'unexpected EOF'}`,
      );
    }
    return rest.nodes;
  }

  private pipe(cursor: Cursor, context: string): Pipe {
    const place = cursor.place();
    const { variables, assigns } = this.declaration(cursor, context === 'range' ? 2 : 1);
    const commands: Command[] = [];
    do commands.push(this.command(cursor, context));
    while (cursor.take('|'));
    if (!cursor.atEnd() && !(context === parenthesized && cursor.is(')'))) throw cursor.unexpected(context);
    for (const command of commands.slice(1)) {
      const [first] = command.operands;
      if (first?.kind === 'literal' || first?.kind === 'nil') {
        throw new TemplateError(
          `${first.place.line}: non executable command in pipeline stage ${commands.indexOf(command) + 1}`,
        );
      }
    }
    if (!assigns) this.variables.push(...variables);
    return { variables, assigns, commands, place };
  }

  private declaration(cursor: Cursor, most: number): { variables: string[]; assigns: boolean } {
    const names = cursor.variablesBefore([':=', '=']);
    if (names.length === 0) return { variables: [], assigns: false };
    if (names.length > most) throw new TemplateError(`${cursor.line}: too many declarations`);
    cursor.skip(names.length * 2);
    const assigns = cursor.previous()?.text === '=';
    if (assigns) names.forEach((name) => this.requireVariable(name, cursor.line));
    return { variables: names, assigns };
  }

  private command(cursor: Cursor, context: string): Command {
    const operands: Operand[] = [];
    while (!cursor.atEnd() && !cursor.is('|') && !cursor.is(')'))
      operands.push(this.operand(cursor, context));
    if (operands.length === 0) throw new TemplateError(`${cursor.line}: missing value for ${context}`);
    return { operands };
  }

  private operand(cursor: Cursor, context: string): Operand {
    const place = cursor.place();
    const token = cursor.shift();
    const start = this.operandStart(token, cursor, context);
    const fields = token.kind === 'field' ? [token.text.slice(1)] : [];
    while (cursor.isAttachedField()) fields.push(cursor.shift().text.slice(1));
    const text =
      token.text +
      fields
        .slice(token.kind === 'field' ? 1 : 0)
        .map((field) => `.${field}`)
        .join('');
    if (fields.length > 0 && (start.kind === 'literal' || start.kind === 'nil')) {
      throw new TemplateError(`${place.line}: unexpected . after term ${JSON.stringify(token.text)}`);
    }
    return { ...start, fields, place: { ...place, text } };
  }

  private operandStart(token: Token, cursor: Cursor, context: string) {
    switch (token.kind) {
      case 'field':
        return { kind: 'dot' } as const;
      case 'string':
        return { kind: 'literal', value: token.text } as const;
      case 'number':
        return { kind: 'literal', value: parseNumber(token) } as const;
      case 'variable':
        this.requireVariable(token.text, token.line);
        return { kind: 'variable', name: token.text } as const;
      case 'identifier':
        if (token.text === 'true' || token.text === 'false')
          return { kind: 'literal', value: token.text === 'true' } as const;
        if (token.text === 'nil') return { kind: 'nil' } as const;
        if (this.isFunction(token.text)) return { kind: 'function', name: token.text } as const;
        throw new TemplateError(`${token.line}: function ${JSON.stringify(token.text)} not defined`);
      case 'mark':
        if (token.text === '.') return { kind: 'dot' } as const;
        if (token.text !== '(') throw unexpected(token, context);
        return { kind: 'pipe', pipe: this.parenthesis(cursor) } as const;
    }
  }

  private parenthesis(cursor: Cursor): Pipe {
    if (++this.nesting > maxNesting) throw new TemplateError(`${cursor.line}: nested too deep`);
    const pipe = this.pipe(cursor, parenthesized);
    if (!cursor.take(')')) throw new TemplateError(`${cursor.line}: unclosed left paren`);
    this.nesting--;
    return pipe;
  }

  private requireVariable(name: string, line: number): void {
    if (!this.variables.includes(name))
      throw new TemplateError(`${line}: undefined variable ${JSON.stringify(name)}`);
  }
}

function isWord(token: Token, words: readonly string[]): boolean {
  return token.kind === 'identifier' && words.includes(token.text);
}

function parseNumber(token: Token): number | bigint {
  const sign = token.text.startsWith('-') ? -1n : 1n;
  const digits = token.text.replace(/^[+-]/, '');
  const value = Number(digits);
  if (!Number.isFinite(value))
    throw new TemplateError(`${token.line}: bad number syntax: ${JSON.stringify(token.text)}`);
  return /^(?:0x[\da-f]+|\d+)$/i.test(digits) ? sign * BigInt(digits) : Number(sign) * value;
}

function unexpected(token: Token, context: string): TemplateError {
  return new TemplateError(`${token.line}: unexpected ${JSON.stringify(token.text)} in ${context}`);
}

/** Walks over an action's tokens. */
class Cursor {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    readonly line: number,
  ) {}

  atEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  is(mark: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'mark' && token.text === mark;
  }

  take(mark: string): boolean {
    const found = this.is(mark);
    if (found) this.at++;
    return found;
  }

  skip(count: number): void {
    this.at += count;
  }

  previous(): Token | undefined {
    return this.tokens[this.at - 1];
  }

  isAttachedField(): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'field' && !token.spaced;
  }

  shift(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new TemplateError(`${this.line}: unexpected end of action`);
    return token;
  }

  /** The variables of `$i, $e :=`, where such a list stands here. */
  variablesBefore(marks: readonly string[]): string[] {
    const names: string[] = [];
    for (let at = this.at; ; at += 2) {
      const variable = this.tokens[at];
      const mark = this.tokens[at + 1];
      if (variable?.kind !== 'variable' || mark?.kind !== 'mark') return [];
      names.push(variable.text);
      if (marks.includes(mark.text)) return names;
      if (mark.text !== ',') return [];
    }
  }

  place(): Place {
    const token = this.tokens[this.at] ?? this.tokens.at(-1);
    return { line: token?.line ?? this.line, column: token?.column ?? 0, text: token?.text ?? '' };
  }

  unexpected(context: string): TemplateError {
    const token = this.tokens[this.at];
    return token ? unexpected(token, context) : new TemplateError(`${this.line}: unexpected end of action`);
  }
}
