import type { Difference, NamedDifference } from '../../support/compat/difference.js';
import { clientFlags } from './client-flags.js';
import { detachedTty } from './detached-tty.js';
import { dryIsDry } from './dry-is-dry.js';
import { failedIngestGoes } from './failed-ingest-goes.js';
import { failureLeavesNoNamespace } from './failure-leaves-no-namespace.js';
import { ingestGoesOnFromAPipe } from './ingest-goes-on-from-a-pipe.js';
import { labelPrints } from './label-prints.js';
import { labelsSorted } from './labels-sorted.js';
import { laterFlags } from './later-flags.js';
import { namedLast } from './named-last.js';
import { noTableOfAnError } from './no-table-of-an-error.js';
import { noVersionWarning } from './no-version-warning.js';
import { ownVersion } from './own-version.js';
import { progressLines } from './progress-lines.js';
import { regexpIsNoFilter } from './regexp-is-no-filter.js';
import { regexpIsOne } from './regexp-is-one.js';
import { stdinEnds } from './stdin-ends.js';
import { ttyOffATerminal } from './tty-off-a-terminal.js';
import { twoSpellings } from './two-spellings.js';

/** Every way in which tctr is not like ctr on purpose, by name. */
export const known: ReadonlyMap<string, Difference> = new Map<string, Difference>([
  ['client-flags', clientFlags],
  ['detached-tty', detachedTty],
  ['dry-is-dry', dryIsDry],
  ['failed-ingest-goes', failedIngestGoes],
  ['failure-leaves-no-namespace', failureLeavesNoNamespace],
  ['ingest-goes-on-from-a-pipe', ingestGoesOnFromAPipe],
  ['label-prints', labelPrints],
  ['labels-sorted', labelsSorted],
  ['later-flags', laterFlags],
  ['named-last', namedLast],
  ['no-table-of-an-error', noTableOfAnError],
  ['no-version-warning', noVersionWarning],
  ['own-version', ownVersion],
  ['progress-lines', progressLines],
  ['regexp-is-no-filter', regexpIsNoFilter],
  ['regexp-is-one', regexpIsOne],
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
