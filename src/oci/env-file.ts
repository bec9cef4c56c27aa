/**
 * Reads the lines of an --env-file as ctr does: those with a `=`, but for comments; blanks belong to the entry.
 */
export function parseEnvFile(content: string): string[] {
  return content
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.includes('=') && !line.startsWith('#'));
}
