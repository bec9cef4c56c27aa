import type { Daemon } from '../lab.js';
import type { Argv, CompatCase } from './case.js';
import type { Side } from './side.js';

const transferred: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ['image', 'images', 'i'].map((topic) => [topic, new Set(['pull', 'push', 'import', 'export', 'tag'])]),
);

/** The daemon whose ctr knows what is right. @throws where the lab has none of 2.1. */
export function oracleOf(subject: CompatCase, side: Side): Daemon {
  const oracle =
    subject.oracle === 'own' ? side.daemon : side.lab.daemons.find(({ version }) => version === '2.1');
  if (!oracle)
    throw new Error(`no containerd 2.1 runs in ${side.lab.dir}; its ctr is what tctr is compared with`);
  return oracle;
}

/**
 * The line for a ctr 2.x that shall do on a 1.x daemon what tctr does there: where ctr 2.x would ask for the transfer
 * service, which 1.6 lacks and which cannot speak plain HTTP in 1.7, ctr is told to work by itself.
 */
export function asOracle(line: Argv, daemon: Daemon, oracle: Daemon): Argv {
  if (daemon.version === '2.1' || oracle.version !== '2.1') return line;
  const at = line.findIndex((word, index) => transferred.get(line[index - 1] ?? '')?.has(word) ?? false);
  if (at < 0 || line.includes('--local')) return line;
  return [...line.slice(0, at + 1), '--local', ...line.slice(at + 1)];
}
