/** One challenge of a WWW-Authenticate header (RFC 9110, 11.6.1). */
export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** Names in lower case; the first of equal names counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const longestLine = 16 << 10;

/**
 * Reads all challenges of all WWW-Authenticate lines, those that tctr can answer first (Bearer, then Basic).
 * Lenient: what cannot be read ends its line, and what was read before it stays. Linear in the line's length.
 */
export function parseChallenges(lines: readonly string[]): readonly Challenge[] {
  return lines.flatMap((line) => readLine(line.slice(0, longestLine))).sort((a, b) => rank(a) - rank(b));
}

function rank({ scheme }: Challenge): number {
  if (scheme === 'bearer') return 0;
  return scheme === 'basic' ? 1 : 2;
}

function readLine(line: string): Challenge[] {
  const challenges: Challenge[] = [];
  const scan = new Scanner(line);
  let parameters = new Map<string, string>();
  for (;;) {
    scan.skip(isSeparator);
    const word = scan.take(isTokenChar);
    if (word === '') return challenges;
    scan.skip(isBlank);
    if (scan.peek() !== '=') {
      parameters = new Map();
      challenges.push({ scheme: word.toLowerCase(), parameters });
      continue;
    }
    scan.next();
    scan.skip(isBlank);
    const value = scan.peek() === '"' ? scan.takeQuoted() : scan.take(isValueChar);
    if (value === undefined || challenges.length === 0) return challenges;
    const name = word.toLowerCase();
    if (!parameters.has(name)) parameters.set(name, value);
  }
}

class Scanner {
  #at = 0;
  constructor(readonly text: string) {}

  peek(): string {
    return this.text[this.#at] ?? '';
  }

  next(): void {
    this.#at++;
  }

  skip(matches: (char: string) => boolean): void {
    while (this.#at < this.text.length && matches(this.peek())) this.#at++;
  }

  take(matches: (char: string) => boolean): string {
    const start = this.#at;
    this.skip(matches);
    return this.text.slice(start, this.#at);
  }

  /** A quoted string with its escapes undone; undefined if it never ends. */
  takeQuoted(): string | undefined {
    let value = '';
    for (this.#at++; this.#at < this.text.length; this.#at++) {
      if (this.peek() === '"') {
        this.#at++;
        return value;
      }
      if (this.peek() === '\\') this.#at++;
      value += this.peek();
    }
    return undefined;
  }
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t';
}

function isSeparator(char: string): boolean {
  return isBlank(char) || char === ',';
}

function isTokenChar(char: string): boolean {
  return isValueChar(char) && char !== '=';
}

// Wider than RFC 9110's token, as registries leave out quotes: `realm=https://host/token?x=y`.
function isValueChar(char: string): boolean {
  return char > ' ' && char !== ',' && char !== '"' && char !== '\u007f';
}
