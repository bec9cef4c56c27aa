import { KindError } from './errors.js';

/** Decoded JSON: an integer literal is a bigint, so that none loses digits; other numbers are numbers; objects are Maps. */
export type Json = null | boolean | bigint | number | string | readonly Json[] | JsonMap;

/** A JSON object. A Map, because its keys come from outside and `__proto__` is one like any other. */
export type JsonMap = ReadonlyMap<string, Json>;

/** What a document may cost. */
export interface JsonLimits {
  /** Bytes; 4 MiB unless given. */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 4 * 1024 * 1024;
const maxDepth = 1000;
const maxNumberLength = 400;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes JSON that nobody vouches for: UTF-8 only, no byte order mark, no key twice, nothing behind the value, at most
 * 1,000 levels. JSON.parse would round large integers, keep the last of equal keys and offer no way to see either.
 * @throws KindError 'invalid argument', worded like Go's encoding/json where that has a word for it
 */
export function decodeJson(document: Uint8Array | string, limits: JsonLimits = {}): Json {
  const { maxBytes = defaultMaxBytes } = limits;
  const size = typeof document === 'string' ? Buffer.byteLength(document) : document.byteLength;
  if (size > maxBytes) throw invalid(`document of ${size} bytes is larger than ${maxBytes}`);
  return new Scanner(typeof document === 'string' ? document : decodeText(document)).document();
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new KindError('invalid argument', 'document is not UTF-8', { cause });
  }
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', message);
}

const quote = 0x22;
const backslash = 0x5c;
const numberAt = /-?(?:0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?/iy;
const stringEnd = /["\\\u0000-\u001f]/g;
const escapeAt = /\\(?:["\\/bfnrt]|u[0-9a-f]{4})/iy;

/** One pass over the text, by character codes; a string without escapes is a slice of it. */
class Scanner {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): Json {
    const value = this.value();
    this.skipBlanks();
    if (this.at < this.text.length) throw this.unexpected('after top-level value');
    return value;
  }

  private value(): Json {
    switch (this.skipBlanks()) {
      case quote:
        return this.string();
      case 0x7b:
        return this.object();
      case 0x5b:
        return this.array();
      case 0x74:
        return this.word('true', true);
      case 0x66:
        return this.word('false', false);
      case 0x6e:
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(): JsonMap {
    const map = new Map<string, Json>();
    this.enter();
    if (this.skipBlanks() === 0x7d) return this.leave(map);
    for (;;) {
      if (this.skipBlanks() !== quote) throw this.unexpected('looking for beginning of object key string');
      const key = this.string();
      if (map.has(key)) throw invalid(`duplicate object key ${JSON.stringify(key.slice(0, 64))}`);
      if (this.skipBlanks() !== 0x3a) throw this.unexpected('after object key');
      this.at++;
      map.set(key, this.value());
      const next = this.skipBlanks();
      if (next === 0x7d) return this.leave(map);
      if (next !== 0x2c) throw this.unexpected('after object key:value pair');
      this.at++;
    }
  }

  private array(): Json[] {
    const list: Json[] = [];
    this.enter();
    if (this.skipBlanks() === 0x5d) return this.leave(list);
    for (;;) {
      list.push(this.value());
      const next = this.skipBlanks();
      if (next === 0x5d) return this.leave(list);
      if (next !== 0x2c) throw this.unexpected('after array element');
      this.at++;
    }
  }

  private enter(): void {
    this.at++;
    if (++this.depth > maxDepth) throw invalid(`document is nested deeper than ${maxDepth} levels`);
  }

  private leave<Value>(value: Value): Value {
    this.at++;
    this.depth--;
    return value;
  }

  private string(): string {
    const start = ++this.at;
    let escapes = false;
    for (;;) {
      stringEnd.lastIndex = this.at;
      const end = stringEnd.exec(this.text)?.index;
      if (end === undefined) throw invalid('unexpected end of JSON input');
      this.at = end;
      const code = this.text.charCodeAt(end);
      if (code === quote) {
        this.at++;
        return escapes ? this.unescape(start - 1) : this.text.slice(start, end);
      }
      if (code !== backslash) throw this.unexpected('in string literal');
      escapeAt.lastIndex = end;
      const escape = escapeAt.exec(this.text)?.[0];
      if (escape === undefined) {
        this.at++;
        throw this.unexpected('in string escape code');
      }
      escapes = true;
      this.at += escape.length;
    }
  }

  private unescape(start: number): string {
    const text = JSON.parse(this.text.slice(start, this.at)) as string;
    if (/\p{Surrogate}/u.test(text)) throw invalid('unpaired surrogate in string literal');
    return text;
  }

  private number(): bigint | number {
    numberAt.lastIndex = this.at;
    const match = numberAt.exec(this.text);
    if (!match) throw this.unexpected('looking for beginning of value');
    const [literal, fraction, exponent] = match;
    if (literal.length > maxNumberLength) throw invalid(`number of ${literal.length} characters`);
    this.at += literal.length;
    if (fraction === undefined && exponent === undefined) return BigInt(literal);
    const value = Number(literal);
    if (!Number.isFinite(value)) throw invalid(`number ${literal} is out of range`);
    return value;
  }

  private word<Value>(literal: string, value: Value): Value {
    for (const expected of literal) {
      if (this.text[this.at] !== expected)
        throw this.unexpected(`in literal ${literal} (expecting '${expected}')`);
      this.at++;
    }
    return value;
  }

  private skipBlanks(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
      this.at++;
    }
  }

  private unexpected(where: string): KindError {
    const code = this.text.codePointAt(this.at);
    if (code === undefined) return invalid('unexpected end of JSON input');
    return invalid(`invalid character ${quoteCharacter(String.fromCodePoint(code))} ${where}`);
  }
}

function quoteCharacter(character: string): string {
  return character === "'"
    ? String.raw`'\''`
    : `'${JSON.stringify(character).slice(1, -1).replace('\\"', '"')}'`;
}
