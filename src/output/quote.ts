const short: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/** Quotes a text as Go's strconv.Quote does (`%q`): what cannot be seen is escaped. */
export function quoteGo(text: string): string {
  if (!/[^\p{L}\p{N}\p{P}\p{S} ]|["\\]/u.test(text)) return `"${text}"`;
  let quoted = '';
  for (const character of text) quoted += escapeCharacter(character);
  return `"${quoted}"`;
}

function escapeCharacter(character: string): string {
  const known = short.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  // Half a surrogate pair is what is left of bytes that were no UTF-8.
  if (code >= 0xd800 && code <= 0xdfff) return '\u{fffd}';
  // Of all blanks only the plain one counts as printable in Go.
  if (character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
