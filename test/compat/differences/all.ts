import type { Difference, NamedDifference } from '../../support/compat/difference.js';
import { clientFlags } from './client-flags.js';
import { detachedTty } from './detached-tty.js';
import { failureLeavesNoNamespace } from './failure-leaves-no-namespace.js';
import { labelPrints } from './label-prints.js';
import { labelsSorted } from './labels-sorted.js';
import { laterFlags } from './later-flags.js';
import { layersLeftUnread } from './layers-left-unread.js';
import { namedLast } from './named-last.js';
import { noVersionWarning } from './no-version-warning.js';
import { ownVersion } from './own-version.js';
import { progressLines } from './progress-lines.js';
import { stdinEnds } from './stdin-ends.js';
import { ttyOffATerminal } from './tty-off-a-terminal.js';
import { twoSpellings } from './two-spellings.js';

/** Every way in which tctr is not like ctr on purpose, by name. */
export const known: ReadonlyMap<string, Difference> = new Map<string, Difference>([
  ['client-flags', clientFlags],
  ['detached-tty', detachedTty],
  ['failure-leaves-no-namespace', failureLeavesNoNamespace],
  ['label-prints', labelPrints],
  ['labels-sorted', labelsSorted],
  ['later-flags', laterFlags],
  ['layers-left-unread', layersLeftUnread],
  ['named-last', namedLast],
  ['no-version-warning', noVersionWarning],
  ['own-version', ownVersion],
  ['progress-lines', progressLines],
  ['stdin-ends', stdinEnds],
  ['tty-off-a-terminal', ttyOffATerminal],
  ['two-spellings', twoSpellings],
]);

/** The differences of these names. @throws where one is not known. */
export function differences(names: readonly string[]): readonly NamedDifference[] {
  return names.map((name) => {
    const difference = known.get(name);
    if (!difference) throw new Error(`no difference of that name: ${name}`);
    return { ...difference, name };
  });
}
