/** A parsed template's parts. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | Branch;

/** `if`, `with` and `range`, with what they do else. */
export interface Branch {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: Pipe;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** `$x := a | b`: commands, each given the value of the one before as its last argument. */
export interface Pipe {
  /** Variables, with their `$`; range may set two. */
  readonly variables: readonly string[];
  /** Whether the variables are there already, `=` instead of `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
  readonly place: Place;
}

/** A function, method or value with its arguments. */
export interface Command {
  readonly operands: readonly Operand[];
}

/** One word of a command, and the fields that follow it without a blank. */
export type Operand = (
  | { readonly kind: 'dot' }
  | { readonly kind: 'nil' }
  | { readonly kind: 'variable' | 'function'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean }
  | { readonly kind: 'pipe'; readonly pipe: Pipe }
) & { readonly fields: readonly string[]; readonly place: Place };

/** Where an operand stands, for errors. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** As the user wrote it, near enough. */
  readonly text: string;
}
