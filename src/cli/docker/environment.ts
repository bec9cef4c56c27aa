import { KindError } from '../../oci/errors.js';
import { readText } from '../read-text.js';
import type { Env } from '../session.js';

/**
 * The variables of `--env-file` and `-e`, each name once: a later one counts. A name without `=` takes its value
 * from tctr's own environment, and is nothing where that has none (docker).
 * @throws KindError 'invalid argument' for a file that cannot be read, or a name with blanks in it
 */
export function dockerEnvironment(files: readonly string[], given: readonly string[], env: Env): string[] {
  const entries = [...files.flatMap((file) => fileEntries(readText(file))), ...given];
  const values = new Map<string, string>();
  for (const entry of entries) {
    const equals = entry.indexOf('=');
    const name = equals < 0 ? entry : entry.slice(0, equals);
    if (name === '' || entry.includes('\0'))
      throw new KindError('invalid argument', `invalid environment variable: ${entry}`);
    const value = equals < 0 ? env[name] : entry.slice(equals + 1);
    if (value !== undefined) values.set(name, value);
  }
  return [...values].map(([name, value]) => `${name}=${value}`);
}

/** docker's files: comments and empty lines are skipped, blanks before a name are not part of it. */
function fileEntries(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const entries = lines
    .map((line) => line.replace(/\r$/, '').trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const bad = entries.find((entry) => /\s/.test(entry.replace(/=.*$/, '')));
  if (bad !== undefined)
    throw new KindError('invalid argument', `variable '${bad.replace(/=.*$/, '')}' contains whitespaces`);
  return entries;
}
