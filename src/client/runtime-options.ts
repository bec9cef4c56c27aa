import { Options as RuncOptions } from '../gen/types/runc/options/oci.js';
import { Options as RuntimeOptions } from '../gen/types/runtimeoptions/v1/api.js';
import { pack, unpack, type Any } from './typeurl.js';

/** What flags say of runc; all else is zero. */
export interface RuncSettings {
  readonly binaryName?: string;
  readonly root?: string;
  readonly systemdCgroup?: boolean;
  readonly noPivotRoot?: boolean;
}

/** The options of containerd's runc shim, `containerd.runc.v1.Options`; on top of others where some are given. */
export function packRuncOptions(settings: RuncSettings, base?: Any): Any {
  const former = unpack(RuncOptions, base) ?? RuncOptions.decode(new Uint8Array());
  return pack(RuncOptions, { ...former, ...settings });
}

/** The options of other shims, `runtimeoptions.v1.Options`: where their configuration is. */
export function packRuntimeOptions(configPath: string): Any {
  return pack(RuntimeOptions, { typeUrl: '', configPath, configBody: new Uint8Array() });
}

/** A runtime's options of either kind; of another kind the envelope. */
export function decodeRuntimeOptions(options: Any): object {
  return unpack(RuncOptions, options) ?? unpack(RuntimeOptions, options) ?? options;
}
