import type { TlsSettings } from '../tls-settings.js';

/** What a host may be asked for (hosts.toml `capabilities`). */
export type Capability = 'pull' | 'resolve' | 'push' | 'referrers';

/** Every capability, which is what a host has that names none. */
export const allCapabilities: ReadonlySet<Capability> = new Set(['pull', 'resolve', 'push', 'referrers']);

/** One place that serves a registry's content: itself or a mirror. */
export interface RegistryHost {
  readonly scheme: 'http' | 'https';
  /** `name[:port]`, as written. */
  readonly host: string;
  /** Of the API's root: `/v2`, without a slash at its end. */
  readonly path: string;
  readonly capabilities: ReadonlySet<Capability>;
  /** Sent to this origin only: they can hold secrets. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly tls: TlsSettings;
  readonly dialTimeoutMs?: number;
  /** Whose credentials are sent: the registry that the user named, or the mirror's own name. */
  readonly credentialHost: string;
  /** Sent as `?ns=`, where this host is a mirror. */
  readonly namespace?: string;
  /** A loopback registry whose scheme nobody told: https first, then http. */
  readonly mayFallBack: boolean;
}
