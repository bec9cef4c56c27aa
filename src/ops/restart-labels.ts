import { KindError } from '../oci/errors.js';

/**
 * The labels that containerd's restart monitor follows (containerd `runtime/restart`): none for `no`.
 * @throws KindError 'invalid argument' in docker's words
 */
export function restartLabels(policy: string, logUri: string): Map<string, string> {
  if (policy === 'no' || policy === '') return new Map();
  if (!/^(?:always|unless-stopped|on-failure(?::\d{1,9})?)$/.test(policy)) {
    throw new KindError('invalid argument', `invalid restart policy: ${policy}`, {
      hint: 'no, always, unless-stopped or on-failure[:N]',
    });
  }
  return new Map([
    ['containerd.io/restart.policy', policy],
    ['containerd.io/restart.status', 'running'],
    ['containerd.io/restart.loguri', logUri],
  ]);
}

/** Tells the monitor to leave a container alone, or to look after it again; nothing where it does not look. */
export function restartWish(
  labels: ReadonlyMap<string, string>,
  wish: 'running' | 'stopped',
): Map<string, string> {
  if (!labels.has('containerd.io/restart.status')) return new Map();
  return new Map([
    // containerd 1.6 knows the status only.
    ['containerd.io/restart.status', wish],
    ['containerd.io/restart.explicitly-stopped', wish === 'stopped' ? 'true' : 'false'],
  ]);
}
