import type { Descriptor } from '../oci/descriptor.js';
import { KindError } from '../oci/errors.js';
import { formatPlatform } from '../oci/platform.js';
import type { PlatformMatcher } from '../oci/platform-matcher.js';

/** Platforms that an error's hint names. */
const maxListed = 12;

/**
 * The manifests of an index that a platform runs, the best first, at most `limit` (containerd,
 * images.FilterPlatforms and LimitManifests).
 * @throws KindError 'not found' when there is none; its hint lists the platforms that exist.
 */
export function selectManifests(
  manifests: readonly Descriptor[],
  matcher: PlatformMatcher,
  limit: number,
  index: Descriptor,
): Descriptor[] {
  const fitting = manifests.filter(({ platform }) => platform === undefined || matcher.matches(platform));
  if (fitting.length === 0) {
    throw new KindError('not found', `no match for platform in manifest ${index.digest}: not found`, {
      hint: `it is for ${listed(manifests)}`,
    });
  }
  const order = (a: Descriptor, b: Descriptor): number => {
    if (!a.platform || !b.platform) return a.platform ? -1 : b.platform ? 1 : 0;
    return matcher.compare(a.platform, b.platform);
  };
  return [...fitting].sort(order).slice(0, limit);
}

/** The platforms of manifests, for a hint. */
function listed(manifests: readonly Descriptor[]): string {
  const names = manifests.flatMap(({ platform }) => (platform ? [formatPlatform(platform)] : []));
  const distinct = [...new Set(names)].filter((name) => name !== 'unknown/unknown');
  if (distinct.length === 0) return 'no platform';
  const more = distinct.length > maxListed ? ` and ${distinct.length - maxListed} more` : '';
  return `${distinct.slice(0, maxListed).join(', ')}${more}`;
}
