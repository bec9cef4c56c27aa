import { ImageStore } from '../gen/types/transfer/imagestore.js';
import { HTTPDebug, OCIRegistry } from '../gen/types/transfer/registry.js';
import type { Platform as WirePlatform } from '../gen/types/platform.js';
import type { Platform } from '../oci/descriptor.js';
import { pack, type Any } from './typeurl.js';

/** A registry as a place to transfer from or to; 1.7 knows only reference and auth stream. */
export function ociRegistry(registry: {
  readonly reference: string;
  /** Id of the stream on which the daemon asks for credentials; empty for none. */
  readonly authStream: string;
  /** A folder of hosts.toml files on the daemon's side; empty for none. */
  readonly hostDir: string;
  /** `http` to go without TLS; empty for the default. */
  readonly defaultScheme: string;
}): Any {
  const { reference, authStream, hostDir, defaultScheme } = registry;
  const resolver = {
    authStream,
    headers: new Map<string, string>(),
    hostDir,
    defaultScheme,
    httpDebug: HTTPDebug.DISABLED,
    logsStream: '',
  };
  return pack(OCIRegistry, { reference, resolver });
}

/** The image store as a place to transfer to: names the image, and unpacks it for each platform. */
export function imageStore(store: {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  /** None means every platform, and no unpacking. */
  readonly platforms: readonly Platform[];
  readonly allMetadata: boolean;
  /** Empty for the daemon's default. */
  readonly snapshotter: string;
}): Any {
  const platforms = store.platforms.map(platformToWire);
  return pack(ImageStore, {
    name: store.name,
    labels: store.labels,
    platforms,
    allMetadata: store.allMetadata,
    manifestLimit: 0,
    extraReferences: [],
    unpacks: platforms.map((platform) => ({ platform, snapshotter: store.snapshotter })),
  });
}

/** An image of the store as something to transfer; without platforms all of them. */
export function storedImage(name: string, platforms: readonly Platform[]): Any {
  return pack(ImageStore, {
    name,
    labels: new Map<string, string>(),
    platforms: platforms.map(platformToWire),
    allMetadata: false,
    manifestLimit: 0,
    extraReferences: [],
    unpacks: [],
  });
}

/** A platform for the wire. */
export function platformToWire({ os, architecture, variant, osVersion, osFeatures }: Platform): WirePlatform {
  return {
    os,
    architecture,
    variant: variant ?? '',
    osVersion: osVersion ?? '',
    osFeatures: osFeatures ?? [],
  };
}
