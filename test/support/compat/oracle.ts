import type { LabDaemon } from '../lab.js';
import type { Argv } from './case.js';

const transferred: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ['image', 'images', 'i'].map((topic) => [topic, new Set(['pull', 'push', 'import', 'export', 'tag'])]),
);

/**
 * The line for a ctr 2.x that shall do on a 1.x daemon what tctr does there: where ctr 2.x would ask for the transfer
 * service, which 1.6 lacks and which cannot speak plain HTTP in 1.7, ctr is told to work by itself.
 */
export function asOracle(line: Argv, daemon: LabDaemon, oracle: LabDaemon): Argv {
  if (daemon.version === '2.1' || oracle.version !== '2.1') return line;
  const at = line.findIndex((word, index) => transferred.get(line[index - 1] ?? '')?.has(word) ?? false);
  if (at < 0 || line.includes('--local')) return line;
  return [...line.slice(0, at + 1), '--local', ...line.slice(at + 1)];
}
