import type { Version } from './case.js';
import type { Aspect, Mismatch, Pair } from './compare.js';

/** A way in which tctr is not like ctr, on purpose. */
export interface Difference {
  /** Why. */
  readonly reason: string;
  /** What ctr does. */
  readonly ctr: string;
  /** What tctr does instead. */
  readonly tctr: string;
  /** What differs; all of it has to, and everything else has to be the same. */
  readonly aspects: readonly Aspect[];
  /** The daemons on which it shows: all by default. */
  readonly versions?: readonly Version[];
  /** Tells whether the two did as described. */
  readonly shows: (pair: Pair) => boolean;
}

/** A difference with its name. */
export type NamedDifference = Difference & { readonly name: string };

/** What is wrong with a case, all told: mismatches that no difference allows, and differences that are not there. */
export function judge(
  mismatches: readonly Mismatch[],
  differences: readonly NamedDifference[],
  pair: Pair,
): readonly string[] {
  const version = pair.ctr.side.daemon.version;
  const expected = differences.filter(({ versions }) => versions?.includes(version) ?? true);
  const allowed = new Set(expected.flatMap(({ aspects }) => aspects));
  const unexpected = mismatches.filter(({ aspect }) => !allowed.has(aspect));
  return [
    ...unexpected.map(({ what }) => `not the same: ${what}`),
    ...expected.flatMap((difference) => staleness(difference, mismatches, pair)),
  ];
}

function staleness(
  { name, aspects, shows }: NamedDifference,
  mismatches: readonly Mismatch[],
  pair: Pair,
): readonly string[] {
  const same = aspects.filter((aspect) => !mismatches.some((mismatch) => mismatch.aspect === aspect));
  if (same.length > 0) return [`difference ${name} is not real any more: same ${same.join(', ')}`];
  return shows(pair) ? [] : [`difference ${name} is not as described`];
}
