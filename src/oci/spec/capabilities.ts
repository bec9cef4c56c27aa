import { KindError } from '../errors.js';
import type { LinuxSpec } from './types.js';
import { withProcess } from './update.js';

/** Checks a `--cap-add` or `--cap-drop` value; ctr knows no list of names. @throws KindError 'invalid argument' */
export function parseCapability(text: string): string {
  if (text.startsWith('CAP_')) return text;
  throw new KindError('invalid argument', "capabilities must be specified with 'CAP_' prefix");
}

/** Sets the bounding, effective and permitted sets. */
export function withCapabilities(spec: LinuxSpec, names: readonly string[]): LinuxSpec {
  return mapSets(spec, () => names);
}

/** Adds capabilities to the three sets, at the end. */
export function withAddedCapabilities(spec: LinuxSpec, names: readonly string[]): LinuxSpec {
  return mapSets(spec, (present) => [...new Set([...present, ...names])]);
}

/** Takes capabilities from the three sets. */
export function withDroppedCapabilities(spec: LinuxSpec, names: readonly string[]): LinuxSpec {
  const dropped = new Set(names);
  return mapSets(spec, (present) => present.filter((name) => !dropped.has(name)));
}

function mapSets(spec: LinuxSpec, change: (present: readonly string[]) => readonly string[]): LinuxSpec {
  const { capabilities } = spec.process;
  return withProcess(spec, {
    capabilities: {
      ...capabilities,
      bounding: change(capabilities.bounding ?? []),
      effective: change(capabilities.effective ?? []),
      permitted: change(capabilities.permitted ?? []),
    },
  });
}
