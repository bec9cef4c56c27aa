import type { Difference, NamedDifference } from '../../support/compat/difference.js';

/** Every way in which tctr is not like ctr on purpose, by name. */
export const known: ReadonlyMap<string, Difference> = new Map<string, Difference>(Object.entries({}));

/** The differences of these names. @throws where one is not known. */
export function differences(names: readonly string[]): readonly NamedDifference[] {
  return names.map((name) => {
    const difference = known.get(name);
    if (!difference) throw new Error(`no difference of that name: ${name}`);
    return { ...difference, name };
  });
}
