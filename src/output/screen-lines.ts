const colours = /\u001b\[[\d;]*m/g;
const tabStop = 8;

/** How many lines of a terminal a text takes that ends in a newline; a long line takes several. */
export function countScreenLines(text: string, columns: number): number {
  if (text === '') return 0;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(screenWidth(line) / columns)), 0);
}

/** Moves up over so many lines and clears each. */
export function eraseScreenLines(count: number): string {
  return '\x1b[1A\x1b[2K\r'.repeat(count);
}

function screenWidth(line: string): number {
  let column = 0;
  for (const character of line.replace(colours, '')) {
    column = character === '\t' ? (Math.floor(column / tabStop) + 1) * tabStop : column + 1;
  }
  return column;
}
