import { KindError } from '../errors.js';

/** Parsed JSON: objects are Maps in the text's order, whole numbers are bigint, so that nothing is lost. */
export type ParsedJson =
  null | boolean | number | bigint | string | readonly ParsedJson[] | ReadonlyMap<string, ParsedJson>;

const token =
  /[\t\n\r ]*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;

/** Deeper than any document of the OCI's, and shallow enough for the call stack. Go stops at 10,000. */
const maxDepth = 500;

/**
 * Parses JSON without losing big integers, key order or keys such as `__proto__`. Of equal keys the last one counts.
 * @throws KindError 'invalid argument' for what is not JSON
 */
export function parseJson(text: string): ParsedJson {
  let position = 0;
  let depth = 0;

  const fail = (): KindError => {
    const rest = text.slice(position).trimStart();
    if (rest === '') return new KindError('invalid argument', 'unexpected end of JSON input');
    const at = `looking for a value at offset ${text.length - rest.length}`;
    return new KindError('invalid argument', `invalid character ${JSON.stringify(rest.slice(0, 1))} ${at}`);
  };

  const next = (): string => {
    token.lastIndex = position;
    const found = token.exec(text);
    if (found === null) throw fail();
    position = token.lastIndex;
    return found[1] ?? found[2] ?? found[3] ?? found[4] ?? '';
  };

  const peek = (): string => {
    const start = position;
    const found = next();
    position = start;
    return found;
  };

  const expect = (...wanted: readonly string[]): string => {
    const start = position;
    const found = next();
    if (wanted.includes(found)) return found;
    position = start;
    throw fail();
  };

  const parseString = (quoted: string): string => {
    try {
      // Go has no half surrogate pairs.
      return (JSON.parse(quoted) as string).replace(/\p{Surrogate}/gu, '\ufffd');
    } catch {
      // The token's shape is right: a bad escape such as \q or a raw control character is all that can be wrong.
      throw new KindError(
        'invalid argument',
        `invalid character in string escape code in ${quoted.slice(0, 64)}`,
      );
    }
  };

  const parseList = (): readonly ParsedJson[] => {
    const items: ParsedJson[] = [];
    if (peek() === ']') {
      next();
      return items;
    }
    do items.push(parseValue());
    while (expect(',', ']') === ',');
    return items;
  };

  const parseObject = (): ReadonlyMap<string, ParsedJson> => {
    const entries = new Map<string, ParsedJson>();
    if (peek() === '}') {
      next();
      return entries;
    }
    do {
      const key = peek();
      if (!key.startsWith('"')) throw fail();
      next();
      expect(':');
      entries.set(parseString(key), parseValue());
    } while (expect(',', '}') === ',');
    return entries;
  };

  const parseValue = (): ParsedJson => {
    const start = position;
    const found = next();
    if (found === '{' || found === '[') {
      if (++depth > maxDepth) throw new KindError('invalid argument', 'exceeded max depth');
      const value = found === '{' ? parseObject() : parseList();
      depth--;
      return value;
    }
    if (found.startsWith('"')) return parseString(found);
    if (/^[-\d]/.test(found)) return /^-?\d+$/.test(found) ? BigInt(found) : Number(found);
    if (found === 'true' || found === 'false') return found === 'true';
    if (found === 'null') return null;
    position = start;
    throw fail();
  };

  const value = parseValue();
  if (/[^\t\n\r ]/.test(text.slice(position))) throw fail();
  return value;
}
