import { catalog } from '../../../src/commands/catalog.js';
import { known } from '../../compat/differences/all.js';
import type { Version } from './case.js';
import { ctrPage } from './ctr-page.js';
import type { InventoryCommand } from './inventory.js';
import { ledger, missingSpellings } from './ledger.js';
import { ownOf } from './own.js';
import { parityPage } from './parity-page.js';
import type { Evidence } from './record.js';

export { worsened } from './parity-page.js';

/** The pages that scripts/parity.js writes below docs: from what ctr has, and what the cases that passed have shown. */
export async function pages(
  inventory: readonly InventoryCommand[],
  evidence: readonly Evidence[],
): Promise<Readonly<Record<'parity.md' | 'ctr.md', string>>> {
  const own = await ownOf(catalog, inventory);
  const named = [...known].map(([name, difference]) => ({ ...difference, name }));
  const rows = ledger(inventory, own, evidence.map(whereTheyShow));
  return {
    'parity.md': parityPage(rows, missingSpellings(inventory, own), named),
    'ctr.md': ctrPage(named),
  };
}

/** A case names a difference on every daemon; the difference itself knows where it is. */
function whereTheyShow(evidence: Evidence): Evidence {
  const shows = (version: Version) => (name: string) => known.get(name)?.versions?.includes(version) ?? true;
  return {
    ...evidence,
    differs: evidence.differs.filter((name) => evidence.versions.some((version) => shows(version)(name))),
  };
}
