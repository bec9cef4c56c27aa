import { compareBytes } from '../output/byte-order.js';
import { safe } from '../output/safe.js';

/** What the tree knows of a snapshot. */
export interface TreeEntry {
  readonly name: string;
  readonly parent: string;
}

/**
 * ctr's `snapshot tree`: every snapshot below its parent, each level sorted and two columns further in. One whose parent
 * is not in the list stands as a root.
 */
export function snapshotTree(entries: readonly TreeEntry[]): string {
  const names = new Set(entries.map(({ name }) => name));
  const children = new Map<string, string[]>();
  for (const { name, parent } of entries) {
    const above = names.has(parent) ? parent : '';
    const siblings = children.get(above);
    if (siblings) siblings.push(name);
    else children.set(above, [name]);
  }
  const sorted = (parent: string): string[] => (children.get(parent) ?? []).sort(compareBytes).reverse();
  let text = '';
  // A stack instead of recursion: images may have more layers than is wise.
  const open = sorted('').map((name) => ({ name, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { name, depth } = next;
    text += depth === 0 ? ` ${safe(name)}\n` : `${'  '.repeat(depth)}\\_ ${safe(name)}\n`;
    for (const child of sorted(name)) open.push({ name: child, depth: depth + 1 });
  }
  return text;
}
