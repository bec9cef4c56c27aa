import { defaultPlatform } from '../oci/platform.js';
import type { Platform } from '../oci/descriptor.js';
import { parseLabelArguments } from '../output/labels.js';
import type { ContainerSource } from '../ops/create-container.js';
import type { ContainerFlags } from './container-request.js';
import { rootfsPath, specConfig } from './container-request.js';
import { UsageError } from './errors.js';

/** What the positionals of `container create` and `run` say. */
export interface ContainerArguments {
  readonly from: ContainerSource;
  readonly id: string;
  readonly args: readonly string[];
}

/**
 * Reads `IMAGE|FOLDER ID [COMMAND...]`, or `ID` alone with --config.
 * @param suffix what ctr adds to its errors: `container create` adds the kind, `run` does not.
 */
export function containerSource(
  flags: Pick<ContainerFlags, 'config' | 'rootfs' | 'label'>,
  words: readonly string[],
  suffix: string,
  platform: Platform = defaultPlatform(),
): ContainerArguments {
  const [ref, id, ...args] = words;
  if (flags.config) {
    if (!ref) throw new UsageError(`container id must be provided${suffix}`);
    if (id !== undefined) {
      throw new UsageError(`with spec config file, only container id should be provided${suffix}`);
    }
    return {
      from: { kind: 'config', spec: specConfig(flags.config, parseLabelArguments(flags.label)) },
      id: ref,
      args: [],
    };
  }
  if (!ref) throw new UsageError(`image ref must be provided${suffix}`);
  if (!id) throw new UsageError(`container id must be provided${suffix}`);
  const from: ContainerSource = flags.rootfs
    ? { kind: 'rootfs', path: rootfsPath(ref) }
    : { kind: 'image', ref, platform };
  return { from, id, args };
}
