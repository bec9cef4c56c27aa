import type { Hook, LinuxSpec } from './types.js';

/** What `--gpus` needs of the host. */
export interface Gpus {
  readonly indexes: readonly bigint[];
  /** Where `containerd` is, whose `oci-hook` runs the other. */
  readonly containerdPath: string;
  /** Where `nvidia-container-cli` is. */
  readonly nvidiaPath: string;
  /** The caller's environment, `KEY=value` each: the hook gets all of it. */
  readonly environment: readonly string[];
}

const abilities = ['compute', 'compat32', 'graphics', 'utility', 'video', 'display'];

/** Adds NVIDIA's hook (contrib/nvidia, WithGPUs). */
export function withGpus(spec: LinuxSpec, gpus: Gpus): LinuxSpec {
  const device = gpus.indexes.length > 0 ? [`--device=${gpus.indexes.join(',')}`] : [];
  const options = ['--load-kmods', 'configure', ...device, ...abilities.map((ability) => `--${ability}`)];
  const hook: Hook = {
    path: gpus.containerdPath,
    args: ['containerd', 'oci-hook', '--', gpus.nvidiaPath, ...options, '--pid={{pid}}', '{{rootfs}}'],
    env: gpus.environment,
  };
  return { ...spec, hooks: { ...spec.hooks, createRuntime: [...(spec.hooks?.createRuntime ?? []), hook] } };
}
