// C0, DEL, C1, and what reorders or hides text: bidi marks and controls, line and paragraph separators, the BOM.
const dangerous = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
const everyDangerous = new RegExp(dangerous, 'gu');

/**
 * Makes text from outside fit for a terminal: whatever could move the cursor, colour, reorder or hide is written as a
 * visible escape (`\x1b`, `\u202e`, and `\ufffd` for half a surrogate pair).
 * @param allowed control characters that may stand, such as `\n\t` in a text of several lines
 */
export function safe(text: string, allowed = ''): string {
  if (!dangerous.test(text)) return text;
  return text.replace(everyDangerous, (character) =>
    allowed.includes(character) ? character : escapeControl(character.charCodeAt(0)),
  );
}

/**
 * The same for bytes, which may be no UTF-8: each byte that is none is written as `\xff`.
 */
export function safeBytes(bytes: Uint8Array, allowed = ''): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return safe(strict.decode(bytes), allowed);
  } catch {
    // Not one text: read it again, byte by byte where it must be.
    return decodeInvalid(bytes, allowed);
  }
}

function decodeInvalid(bytes: Uint8Array, allowed: string): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    text +=
      length === 0
        ? `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`
        : safe(Buffer.from(bytes.subarray(at, at + length)).toString('utf8'), allowed);
    at += Math.max(1, length);
  }
  return text;
}

/** Length of the well-formed UTF-8 sequence at a place, 0 if there is none (Unicode, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : 4;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] ?? 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  return bytes.subarray(at + 2, at + length).every((byte) => byte >= 0x80 && byte <= 0xbf) ? length : 0;
}

function escapeControl(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
