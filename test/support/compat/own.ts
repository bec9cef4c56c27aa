import type { FlagSpec } from '../../../src/cli/argv/flag-spec.js';
import { child, find, type CatalogNode } from '../../../src/cli/catalog.js';
import { flagSpecs } from '../../../src/cli/flags.js';
import { globalSpecs } from '../../../src/cli/globals.js';
import { commandKey, flagKey, type InventoryCommand } from './inventory.js';
import type { Own } from './ledger.js';

/** Which of ctr's commands and flags tctr has, with every spelling that leads to them. */
export async function ownOf(catalog: CatalogNode, inventory: readonly InventoryCommand[]): Promise<Own> {
  const own = new Map<string, ReadonlySet<string>>();
  for (const { path, topic, aliases, flags } of inventory) {
    const words = path === '' ? [] : path.split(' ');
    const { node, rest } = find(catalog, words);
    if (rest.length > 0 || topic !== (node.load === undefined)) continue;
    const above = find(catalog, words.slice(0, -1)).node;
    const leading = aliases.filter(({ name }) => child(above, name) === node);
    own.set(commandKey(path), new Set(leading.map(({ name }) => name)));
    const specs = await specsOf(node, words);
    for (const { name } of flags) {
      const spec = specs.find(({ names }) => names.includes(name));
      if (spec) own.set(flagKey(path, name), new Set(spec.names));
    }
  }
  return own;
}

async function specsOf(node: CatalogNode, words: readonly string[]): Promise<readonly FlagSpec[]> {
  if (words.length === 0) return globalSpecs;
  return node.load ? flagSpecs((await node.load()).flags) : (node.flags ?? []);
}
