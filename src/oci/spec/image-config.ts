import { mergeEnv } from './env.js';
import type { LinuxSpec } from './types.js';
import { withProcess } from './update.js';

/** What a container takes from its image's config (image-spec config.md, `config`). */
export interface ImageRunConfig {
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir: string;
  /** USER; '' is root. */
  readonly user: string;
}

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Applies the image's environment, command and directory (pkg/oci, WithImageConfig). What the spec's environment has
 * already wins over the image's, at the image's place.
 */
export function withImageConfig(spec: LinuxSpec, image: ImageRunConfig): LinuxSpec {
  const env = image.env.length > 0 ? image.env : [defaultPath];
  return withProcess(spec, {
    env: mergeEnv(env, spec.process.env ?? []),
    args: [...image.entrypoint, ...image.cmd],
    cwd: image.workingDir === '' ? '/' : image.workingDir,
  });
}
