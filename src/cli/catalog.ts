import type { TopicFlag } from './argv/flag-spec.js';
import type { CommandClass } from './command.js';

/**
 * The tree of commands: what the dispatcher, the help and completion need to know without loading one.
 * src/commands/catalog.ts holds it, made from the command files by scripts/gen-catalog.js.
 */
export interface CatalogNode {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** Left out of help and completion. */
  readonly hidden?: boolean;
  /** Whose word this is; a ctr word may have a docker twin in the `docker` topic. */
  readonly grammar?: 'ctr' | 'docker';
  readonly children?: readonly CatalogNode[];
  /** A topic's own flags, which stand before its command. */
  readonly flags?: readonly TopicFlag[];
  readonly load?: () => Promise<CommandClass>;
}

/** What the words of a line lead to. */
export interface Found {
  readonly node: CatalogNode;
  /** Canonical words from the root to the node. */
  readonly path: readonly string[];
  /** The words as typed, for messages. */
  readonly typed: readonly string[];
  /** What follows the words. */
  readonly rest: readonly string[];
  /** The flags of the topic that the words have come through. */
  readonly topicFlags?: readonly TopicFlag[];
  /** Their values, once they are read. */
  readonly topicValues?: ReadonlyMap<string, readonly string[]>;
}

/** Finds a child by name or alias. */
export function child(node: CatalogNode, word: string): CatalogNode | undefined {
  return node.children?.find((entry) => entry.name === word || entry.aliases.includes(word));
}

/** Walks the words down the tree as far as they lead. */
export function find(root: CatalogNode, argv: readonly string[]): Found {
  let node = root;
  let topicFlags = root.flags;
  const path: string[] = [];
  const typed: string[] = [];
  for (const word of argv) {
    const next = node.children && !word.startsWith('-') ? child(node, word) : undefined;
    if (!next) break;
    node = next;
    topicFlags = next.flags ?? topicFlags;
    path.push(next.name);
    typed.push(word);
  }
  return { node, path, typed, rest: argv.slice(typed.length), ...(topicFlags ? { topicFlags } : {}) };
}
