import { parseGoFlags } from './go-flags.js';
import type { ParsedLine, TopicFlag } from './flag-spec.js';

/**
 * Reads the flags between a topic and its command, and nothing of the command's own: the first word that is no flag is the
 * command, and stays in the positionals with all that follows it.
 * @throws UsageError in Go's words.
 */
export function parseTopicFlags(argv: readonly string[], flags: readonly TopicFlag[]): ParsedLine {
  return parseGoFlags(argv, { specs: flags, interspersed: false });
}
