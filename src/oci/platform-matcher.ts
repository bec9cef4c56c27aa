import type { Platform } from './descriptor.js';
import { normalizePlatform } from './platform.js';

/** Tells which platforms will do, and which of them is better. */
export interface PlatformMatcher {
  readonly matches: (platform: Platform) => boolean;
  /** For Array.sort: the better platform first; those that do not match last, in the order they had. */
  readonly compare: (a: Platform, b: Platform) => number;
}

/** What this platform runs: itself, then its older kin; amd64 also runs 386, arm64 also arm (containerd `platforms.Only`). */
export function only(platform: Platform): PlatformMatcher {
  return ordered(runnableOn(normalizePlatform(platform)));
}

/** This very platform and no kin (containerd `platforms.OnlyStrict`). */
export function onlyStrict(platform: Platform): PlatformMatcher {
  return ordered([normalizePlatform(platform)]);
}

/** Any of the platforms with their kin, the first the best (containerd `platforms.Ordered`). */
export function anyOf(platforms: readonly Platform[]): PlatformMatcher {
  return ordered(platforms.flatMap((platform) => runnableOn(normalizePlatform(platform))));
}

/** Every platform, all alike (containerd `platforms.All`). */
export const allPlatforms: PlatformMatcher = { matches: () => true, compare: () => 0 };

/** No platform at all (containerd `platforms.Any` of none). */
export const noPlatform: PlatformMatcher = { matches: () => false, compare: () => 0 };

function ordered(wanted: readonly Platform[]): PlatformMatcher {
  const rank = (platform: Platform) => {
    const normalized = normalizePlatform(platform);
    const found = wanted.findIndex((candidate) => satisfies(normalized, candidate));
    return found < 0 ? wanted.length : found;
  };
  return {
    matches: (platform) => rank(platform) < wanted.length,
    compare: (a, b) => rank(a) - rank(b),
  };
}

function satisfies(offered: Platform, wanted: Platform): boolean {
  return (
    offered.os === wanted.os &&
    offered.architecture === wanted.architecture &&
    offered.variant === wanted.variant &&
    (offered.osFeatures ?? []).every((feature) => wanted.osFeatures?.includes(feature))
  );
}

function runnableOn(platform: Platform): Platform[] {
  const { variant, architecture } = platform;
  const kin = (kinArchitecture: string, kinVariant = ''): Platform =>
    normalizePlatform({ ...platform, architecture: kinArchitecture, variant: kinVariant });

  switch (architecture) {
    case 'amd64':
      return [
        platform,
        ...olderVersions(variant, 1).map((version) => kin('amd64', `v${version}`)),
        kin('386'),
      ];
    case 'arm':
      return [platform, ...olderVersions(variant, 5).map((version) => kin('arm', `v${version}`))];
    case 'arm64':
      return [
        platform,
        ...olderArm64(variant).map((older) => kin('arm64', older)),
        ...[8, 7, 6, 5].map((version) => kin('arm', `v${version}`)),
      ];
    default:
      return [platform];
  }
}

/** The versions below `vN` down to the oldest. */
function olderVersions(variant: string | undefined, oldest: number): number[] {
  const version = Number(/^v(\d{1,3})$/.exec(variant ?? '')?.[1] ?? oldest);
  return Array.from({ length: Math.max(0, version - oldest) }, (_, i) => version - 1 - i);
}

/** Armv9.N includes Armv8.(N+5); each minor version includes those before it. */
function olderArm64(variant = 'v8'): string[] {
  const [, major = '8', minorText = '0'] = /^v([89])(?:\.(\d))?$/.exec(variant) ?? [];
  const minor = Number(minorText);
  const name = (wantedMajor: string, wantedMinor: number) =>
    wantedMinor === 0 ? `v${wantedMajor}` : `v${wantedMajor}.${wantedMinor}`;
  const below = (wantedMajor: string, from: number) =>
    Array.from({ length: Math.max(0, from) }, (_, i) => name(wantedMajor, from - 1 - i));
  return major === '9' ? [...below('9', minor), ...below('8', minor + 6)] : below('8', minor);
}
