/**
 * Compares by UTF-8 bytes, as Go's sort.Strings does. JavaScript compares UTF-16 units, which differs only where a
 * surrogate pair meets a character from U+E000 on.
 */
export function compareBytes(a: string, b: string): number {
  if (highUnit.test(a) && highUnit.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : Number(a > b);
}

const highUnit = /[\ud800-\uffff]/;
