import type { Difference, NamedDifference } from '../../support/compat/difference.js';
import { bareLeaseLabel } from './bare-lease-label.js';
import { blockIOWarnings } from './block-io-warnings.js';
import { clientFlags } from './client-flags.js';
import { detachedTty } from './detached-tty.js';
import { diffOfOneAndItself } from './diff-of-one-and-itself.js';
import { dryIsDry } from './dry-is-dry.js';
import { escapesVisible } from './escapes-visible.js';
import { failedIngestGoes } from './failed-ingest-goes.js';
import { failedSandboxGoes } from './failed-sandbox-goes.js';
import { failureLeavesNoNamespace } from './failure-leaves-no-namespace.js';
import { flagsAnywhere } from './flags-anywhere.js';
import { hostNetworkIsTheHosts } from './host-network-is-the-hosts.js';
import { imagesLists } from './images-lists.js';
import { ingestGoesOnFromAPipe } from './ingest-goes-on-from-a-pipe.js';
import { labelPrints } from './label-prints.js';
import { labelsSorted } from './labels-sorted.js';
import { layersLeftUnread } from './layers-left-unread.js';
import { loginNotDumped } from './login-not-dumped.js';
import { manifestIsPushed } from './manifest-is-pushed.js';
import { mountLooksFirst } from './mount-looks-first.js';
import { mountOfAnother } from './mount-of-another.js';
import { namedLast } from './named-last.js';
import { noTableOfAnError } from './no-table-of-an-error.js';
import { noVersionWarning } from './no-version-warning.js';
import { ownGzip } from './own-gzip.js';
import { ownVersion } from './own-version.js';
import { pinnedStay } from './pinned-stay.js';
import { progressLines } from './progress-lines.js';
import { pullsItself } from './pulls-itself.js';
import { pushFlags } from './push-flags.js';
import { pushesWhatIsAsked } from './pushes-what-is-asked.js';
import { regexpIsNoFilter } from './regexp-is-no-filter.js';
import { regexpIsOne } from './regexp-is-one.js';
import { sandboxRemovalFails } from './sandbox-removal-fails.js';
import { shimExecAttaches } from './shim-exec-attaches.js';
import { shimExecGoesOn } from './shim-exec-goes-on.js';
import { shimSpeaksBoth } from './shim-speaks-both.js';
import { stdinEnds } from './stdin-ends.js';
import { ttyOffATerminal } from './tty-off-a-terminal.js';
import { twoSpellings } from './two-spellings.js';
import { unpackHeedsTheTopic } from './unpack-heeds-the-topic.js';
import { viewIsKept } from './view-is-kept.js';

/** Every way in which tctr is not like ctr on purpose, by name. */
export const known: ReadonlyMap<string, Difference> = new Map<string, Difference>([
  ['bare-lease-label', bareLeaseLabel],
  ['block-io-warnings', blockIOWarnings],
  ['client-flags', clientFlags],
  ['detached-tty', detachedTty],
  ['diff-of-one-and-itself', diffOfOneAndItself],
  ['dry-is-dry', dryIsDry],
  ['escapes-visible', escapesVisible],
  ['failed-ingest-goes', failedIngestGoes],
  ['failed-sandbox-goes', failedSandboxGoes],
  ['failure-leaves-no-namespace', failureLeavesNoNamespace],
  ['flags-anywhere', flagsAnywhere],
  ['host-network-is-the-hosts', hostNetworkIsTheHosts],
  ['images-lists', imagesLists],
  ['ingest-goes-on-from-a-pipe', ingestGoesOnFromAPipe],
  ['label-prints', labelPrints],
  ['labels-sorted', labelsSorted],
  ['layers-left-unread', layersLeftUnread],
  ['login-not-dumped', loginNotDumped],
  ['manifest-is-pushed', manifestIsPushed],
  ['mount-looks-first', mountLooksFirst],
  ['mount-of-another', mountOfAnother],
  ['named-last', namedLast],
  ['no-table-of-an-error', noTableOfAnError],
  ['no-version-warning', noVersionWarning],
  ['own-gzip', ownGzip],
  ['own-version', ownVersion],
  ['pinned-stay', pinnedStay],
  ['progress-lines', progressLines],
  ['pulls-itself', pullsItself],
  ['push-flags', pushFlags],
  ['pushes-what-is-asked', pushesWhatIsAsked],
  ['regexp-is-no-filter', regexpIsNoFilter],
  ['regexp-is-one', regexpIsOne],
  ['sandbox-removal-fails', sandboxRemovalFails],
  ['shim-exec-attaches', shimExecAttaches],
  ['shim-exec-goes-on', shimExecGoesOn],
  ['shim-speaks-both', shimSpeaksBoth],
  ['stdin-ends', stdinEnds],
  ['tty-off-a-terminal', ttyOffATerminal],
  ['two-spellings', twoSpellings],
  ['unpack-heeds-the-topic', unpackHeedsTheTopic],
  ['view-is-kept', viewIsKept],
]);

/** The differences of these names. @throws where one is not known. */
export function differences(names: readonly string[]): readonly NamedDifference[] {
  return names.map((name) => {
    const difference = known.get(name);
    if (!difference) throw new Error(`no difference of that name: ${name}`);
    return { ...difference, name };
  });
}
