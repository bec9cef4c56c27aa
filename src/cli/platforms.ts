import type { Platform } from '../oci/descriptor.js';
import { KindError } from '../oci/errors.js';
import { allPlatforms, anyOf, onlyStrict, type PlatformMatcher } from '../oci/platform-matcher.js';
import { defaultPlatform, parsePlatform } from '../oci/platform.js';

/**
 * Reads --platform and --all-platforms: the ones given, none for all, else this machine's own.
 * @throws KindError 'invalid argument', naming the one that cannot be read.
 */
export function readPlatforms(given: readonly string[], all: boolean): Platform[] {
  if (all) return [];
  if (given.length === 0) return [defaultPlatform()];
  return given.map((text) => {
    try {
      return parsePlatform(text);
    } catch (error) {
      if (!(error instanceof KindError)) throw error;
      throw new KindError(error.kind, `invalid platform ${text}: ${error.message}`, {
        cause: error,
        hint: 'such as linux/amd64 or linux/arm64/v8',
      });
    }
  });
}

/**
 * What --platform and --all-platforms keep of an index: the ones given with their kin, all, or just this machine's own.
 * @throws KindError 'invalid argument', naming the one that cannot be read.
 */
export function platformMatcher(given: readonly string[], all: boolean): PlatformMatcher {
  if (all) return allPlatforms;
  return given.length > 0 ? anyOf(readPlatforms(given, false)) : onlyStrict(defaultPlatform());
}
