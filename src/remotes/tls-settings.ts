/** A client certificate and its key, PEM. */
export interface ClientPair {
  readonly cert: string;
  readonly key: string;
}

/**
 * How a server is verified and how the client shows itself.
 * `skipVerify`: `flag` is the user's word for all, `host` that of a hosts.toml for one, `loopback` is ctr's default for a
 * registry on this machine.
 */
export interface TlsSettings {
  /** PEM; takes the place of the system's roots. */
  readonly roots?: string;
  /** PEM; trusted besides the roots. */
  readonly extraRoots: readonly string[];
  readonly clientPairs: readonly ClientPair[];
  readonly skipVerify: 'no' | 'flag' | 'host' | 'loopback';
}

/** Verify with the system's roots, show no certificate. */
export const defaultTls: TlsSettings = { extraRoots: [], clientPairs: [], skipVerify: 'no' };

/**
 * What of a registry's settings holds where a redirect leads: never its client certificates. Nothing secret is sent
 * there, and content is verified by its digest, so that a waived verification stays waived.
 */
export function redirectTls(tls: TlsSettings): TlsSettings {
  return { ...tls, clientPairs: [], skipVerify: tls.skipVerify === 'loopback' ? 'no' : tls.skipVerify };
}

/** What of a registry's settings holds for its token server under another name: it may be sent the password. */
export function realmTls(tls: TlsSettings): TlsSettings {
  return { ...tls, clientPairs: [], skipVerify: tls.skipVerify === 'flag' ? 'flag' : 'no' };
}
