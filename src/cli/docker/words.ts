import { UsageError } from '../errors.js';

/** Checks how many positionals there are. @throws UsageError in docker's words */
export function requireWords(words: readonly string[], least: number, most = Infinity): void {
  if (words.length < least) {
    throw new UsageError(`requires ${most === least ? 'exactly' : 'at least'} ${count(least)}`);
  }
  if (words.length > most)
    throw new UsageError(
      most === 0
        ? 'accepts no arguments'
        : `requires ${most === least ? 'exactly' : 'at most'} ${count(most)}`,
    );
}

const count = (number: number): string => `${number} argument${number === 1 ? '' : 's'}`;
