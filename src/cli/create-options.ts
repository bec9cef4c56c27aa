import { parseLabelArguments } from '../output/labels.js';
import type { CreateContainerOptions } from '../ops/create-container.js';
import { runtimeOptions, type ContainerFlags } from './container-request.js';
import type { Session } from './session.js';

/** What `container create` and `run` make of the flags that they share, but for the spec. */
export function createOptions(
  session: Session,
  flags: ContainerFlags,
): Omit<CreateContainerOptions, 'client' | 'id' | 'from' | 'args' | 'spec'> {
  return {
    user: flags.user,
    labels: parseLabelArguments(flags.label),
    runtime: flags.runtime ?? '',
    runtimeOptions: runtimeOptions(flags),
    snapshotter: flags.snapshotter ?? '',
    snapshotterLabels: parseLabelArguments(flags['snapshotter-label']),
    sandbox: flags.sandbox ?? '',
    signal: session.signal,
    onSkippedLabel: ({ key, reason }) =>
      session.log.warning(`unable to add image label with key ${key} to the container`, { reason }),
  };
}
