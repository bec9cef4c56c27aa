import { allVersions, type Version } from './case.js';
import { commandKey, flagKey, usesOf, type InventoryCommand } from './inventory.js';
import type { Evidence } from './record.js';

/**
 * How tctr stands to a command or flag of a ctr: `same`: a case that uses it ended alike; `differs`: every case that uses
 * it shows a known difference; `unproven`: tctr has it, and no case uses it; `missing`: tctr has it not; `none`: that ctr
 * has it not either.
 */
export type Standing = 'same' | 'differs' | 'unproven' | 'missing' | 'none';

/** One command or flag. */
export interface LedgerRow {
  readonly path: string;
  /** Undefined for the command itself. */
  readonly flag?: string;
  /** Other spellings. */
  readonly aliases: readonly string[];
  readonly standing: Readonly<Record<Version, Standing>>;
  /** The differences that its cases show. */
  readonly differs: readonly string[];
}

/** What tctr has, by the keys of the inventory, and the spellings that it knows of each. */
export type Own = ReadonlyMap<string, ReadonlySet<string>>;

/** Each command and flag of ctr, with what the cases have shown of it. */
export function ledger(
  inventory: readonly InventoryCommand[],
  own: Own,
  evidence: readonly Evidence[],
): readonly LedgerRow[] {
  const shown = gather(inventory, evidence);
  const row = (
    key: string,
    item: Pick<LedgerRow, 'path' | 'flag' | 'aliases'>,
    versions: readonly Version[],
  ): LedgerRow => {
    const cases = shown.get(key) ?? [];
    const stand = (version: Version): Standing => {
      if (!versions.includes(version)) return 'none';
      if (!own.has(key)) return 'missing';
      const here = cases.filter((one) => one.versions.includes(version));
      if (here.some(({ differs }) => differs.length === 0)) return 'same';
      return here.length > 0 ? 'differs' : 'unproven';
    };
    const standing = Object.fromEntries(allVersions.map((version) => [version, stand(version)]));
    const named = new Set(cases.flatMap(({ differs }) => differs));
    return { ...item, standing: standing as LedgerRow['standing'], differs: [...named].sort() };
  };
  return inventory.flatMap(({ path, topic, aliases, versions, flags }) => {
    const command = { path, aliases: aliases.map(({ name }) => name) };
    return [
      ...(topic ? [] : [row(commandKey(path), command, versions)]),
      ...flags.map(({ name, names, versions: known }) =>
        row(
          flagKey(path, name),
          { path, flag: name, aliases: names.filter((other) => other !== name) },
          known,
        ),
      ),
    ];
  });
}

/** The spellings of ctr's that tctr does not know of what it has. */
export function missingSpellings(inventory: readonly InventoryCommand[], own: Own): readonly string[] {
  return inventory.flatMap(({ path, aliases, flags }) => {
    const commands = aliases.map(({ name }) => [commandKey(path), name, name] as const);
    const ofFlags = flags.flatMap(({ name, names }) =>
      names.map((other) => [flagKey(path, name), other, `-${other}`] as const),
    );
    return [...commands, ...ofFlags].flatMap(([key, name, text]) => {
      const known = own.get(key);
      return known && !known.has(name) ? [`${path}: ${text}`] : [];
    });
  });
}

function gather(
  inventory: readonly InventoryCommand[],
  evidence: readonly Evidence[],
): ReadonlyMap<string, readonly Evidence[]> {
  const shown = new Map<string, Evidence[]>();
  for (const one of evidence) {
    for (const key of usesOf(inventory, one.argv)) {
      const list = shown.get(key) ?? [];
      list.push(one);
      shown.set(key, list);
    }
  }
  return shown;
}
