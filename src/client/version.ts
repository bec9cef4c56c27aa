import { VersionDefinition as service, type VersionResponse } from '../gen/services/version/v1/version.js';
import type { CallOptions, Caller } from './call.js';

/** containerd.services.version.v1.Version. */
export class Version {
  constructor(private readonly caller: Caller) {}

  /** Version.Version: the daemon's release and commit. */
  async get(options?: CallOptions): Promise<VersionResponse> {
    return this.caller.unary(service, service.methods.version, {}, options);
  }
}
