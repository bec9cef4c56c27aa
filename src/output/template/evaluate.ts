import { safe } from '../safe.js';
import type { Command, Node, Operand, Pipe } from './ast.js';
import { TemplateError } from './error.js';
import type { TemplateFunctions } from './functions.js';
import { isList, isMap, isObject, isTrue, printValue, sortedEntries, type TemplateValue } from './value.js';

// A template is the user's, the data may be anyone's: ranges within ranges could go on for ever.
const maxSteps = 1_000_000;
const maxOutput = 64 * 1024 * 1024;

/** Executes a parsed template on its data. What it prints is fit for a terminal. @throws TemplateError */
export function evaluateNodes(
  nodes: readonly Node[],
  data: TemplateValue,
  functions: TemplateFunctions,
): string {
  return new Evaluator(functions, data).run(nodes, data);
}

type Scope = Map<string, TemplateValue>;

class Evaluator {
  private steps = 0;
  private output = '';
  /** The innermost last. */
  private scopes: Scope[];

  constructor(
    private readonly functions: TemplateFunctions,
    data: TemplateValue,
  ) {
    this.scopes = [new Map([['$', data]])];
  }

  run(nodes: readonly Node[], dot: TemplateValue): string {
    this.nodes(nodes, dot);
    return this.output;
  }

  private nodes(nodes: readonly Node[], dot: TemplateValue): void {
    for (const node of nodes) {
      if (node.kind === 'text') {
        this.write(node.text);
      } else if (node.kind === 'action') {
        const value = this.pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) this.write(safe(printValue(value), '\n\t'));
      } else {
        this.inScope(() => {
          if (node.kind === 'range') this.range(node.pipe, node.body, node.otherwise, dot);
          else this.branch(node.kind, node.pipe, node.body, node.otherwise, dot);
        });
      }
    }
  }

  private write(text: string): void {
    this.output += text;
    if (this.output.length > maxOutput) throw new TemplateError('output is too long');
  }

  private inScope(work: () => void): void {
    this.scopes.push(new Map());
    work();
    this.scopes.pop();
  }

  private branch(
    kind: 'if' | 'with',
    pipe: Pipe,
    body: readonly Node[],
    otherwise: readonly Node[],
    dot: TemplateValue,
  ) {
    const value = this.pipe(pipe, dot);
    if (isTrue(value)) this.nodes(body, kind === 'with' ? value : dot);
    else this.nodes(otherwise, dot);
  }

  private range(pipe: Pipe, body: readonly Node[], otherwise: readonly Node[], dot: TemplateValue): void {
    const entries = this.entries(this.commands(pipe, dot), pipe);
    if (entries.length === 0) return this.nodes(otherwise, dot);
    for (const [key, item] of entries) {
      this.inScope(() => {
        const [first, second] = pipe.variables;
        if (first !== undefined) this.set(first, second === undefined ? item : key, pipe.assigns);
        if (second !== undefined) this.set(second, item, pipe.assigns);
        this.nodes(body, item);
      });
    }
  }

  private entries(value: TemplateValue, pipe: Pipe): (readonly [TemplateValue, TemplateValue])[] {
    if (value === undefined || value === null) return [];
    if (isList(value)) return value.map((item, i) => [i, item] as const);
    if (isMap(value)) return sortedEntries(value);
    if (typeof value === 'bigint' || typeof value === 'number') {
      const count = Math.min(Math.max(Number(value), 0), maxSteps);
      return Array.from({ length: count }, (_, i) => [i, i] as const);
    }
    throw new TemplateError(`${at(pipe.place)}: range can't iterate over ${printValue(value)}`);
  }

  private pipe(pipe: Pipe, dot: TemplateValue): TemplateValue {
    const value = this.commands(pipe, dot);
    for (const name of pipe.variables) this.set(name, value, pipe.assigns);
    return value;
  }

  private commands(pipe: Pipe, dot: TemplateValue): TemplateValue {
    const [first, ...others] = pipe.commands;
    if (!first) return undefined;
    return others.reduce(
      (value, command) => this.command(command, dot, [value]),
      this.command(first, dot, []),
    );
  }

  private command(command: Command, dot: TemplateValue, piped: readonly TemplateValue[]): TemplateValue {
    if (++this.steps > maxSteps) throw new TemplateError('too many steps');
    const [head, ...rest] = command.operands;
    if (!head) return undefined;
    if (head.kind === 'function' && (head.name === 'and' || head.name === 'or')) {
      return this.shortcut(head, rest, dot, piped);
    }
    const values = () => [...rest.map((operand) => this.argument(operand, dot)), ...piped];
    if (head.kind === 'function') return this.fields(head, this.call(head, values()));
    const value = this.operand(head, dot);
    if (typeof value === 'function') return this.try(head, () => value(...values()));
    if (rest.length + piped.length > 0) throw failure(head, "can't give argument to non-function");
    return value;
  }

  /** `and` gives the first value that is false, `or` the first that is true; either the last if there is none. */
  private shortcut(
    head: Operand,
    rest: readonly Operand[],
    dot: TemplateValue,
    piped: readonly TemplateValue[],
  ) {
    const stopsAt = head.kind === 'function' && head.name === 'or';
    const getters = [
      ...rest.map((operand) => () => this.argument(operand, dot)),
      ...piped.map((value) => () => value),
    ];
    if (getters.length === 0) throw failure(head, 'wrong number of args: want at least 1 got 0');
    let value: TemplateValue;
    for (const get of getters) {
      value = get();
      if (isTrue(value) === stopsAt) break;
    }
    return value;
  }

  private argument(operand: Operand, dot: TemplateValue): TemplateValue {
    if (operand.kind === 'function') return this.fields(operand, this.call(operand, []));
    const value = this.operand(operand, dot);
    return typeof value === 'function' ? this.try(operand, () => value()) : value;
  }

  private operand(operand: Operand, dot: TemplateValue): TemplateValue {
    switch (operand.kind) {
      case 'dot':
        return this.fields(operand, dot);
      case 'nil':
        return undefined;
      case 'literal':
        return operand.value;
      case 'variable':
        return this.fields(operand, this.get(operand.name));
      case 'pipe':
        return this.fields(operand, this.pipe(operand.pipe, dot));
      case 'function':
        return this.fields(operand, this.call(operand, []));
    }
  }

  private call(operand: Operand, values: readonly TemplateValue[]): TemplateValue {
    const called = operand.kind === 'function' ? this.functions.get(operand.name) : undefined;
    return this.try(operand, () => called?.(...values));
  }

  private try(operand: Operand, work: () => TemplateValue): TemplateValue {
    try {
      return work();
    } catch (cause) {
      throw failure(
        operand,
        `error calling ${operand.place.text}: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
  }

  private fields(operand: Operand, start: TemplateValue): TemplateValue {
    let value = start;
    for (const field of operand.fields) {
      if (typeof value === 'function') value = this.try(operand, value);
      value = readField(value, field, operand);
    }
    return value;
  }

  private get(name: string): TemplateValue {
    return this.scopes.findLast((scope) => scope.has(name))?.get(name);
  }

  private set(name: string, value: TemplateValue, assigns: boolean): void {
    const scope = assigns ? this.scopes.findLast((known) => known.has(name)) : this.scopes.at(-1);
    scope?.set(name, value);
  }
}

function readField(value: TemplateValue, field: string, operand: Operand): TemplateValue {
  if (value === undefined || value === null) return undefined;
  if (isMap(value)) return value.get(field);
  if (isObject(value) && Object.hasOwn(value, field)) return value[field];
  throw failure(operand, `can't evaluate field ${field}`);
}

function failure(operand: Operand, why: string): TemplateError {
  return new TemplateError(`${at(operand.place)}: executing "" at <${operand.place.text}>: ${why}`);
}

function at(place: { line: number; column: number }): string {
  return `${place.line}:${place.column}`;
}
