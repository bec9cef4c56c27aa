import { VersionDefinition } from '../../../src/gen/services/version/v1/version.js';
import { service, type FakeService } from './handlers.js';

/** containerd.services.version.v1.Version. */
export function version(release: string): FakeService {
  return service(VersionDefinition, { version: () => ({ version: release, revision: 'fake' }) });
}
