/** Bounds of every wait and every body; all can be set by the caller. */
export interface Limits {
  /** For a TCP connection, name look-up included. */
  readonly connectMs: number;
  /** For the TLS handshake. */
  readonly tlsMs: number;
  /** From a request to its answer's headers. */
  readonly headersMs: number;
  /** From an upload to its answer's headers: the registry may have to move what it was sent. */
  readonly commitMs: number;
  /** Between two pieces of a body. */
  readonly idleMs: number;
  /** Tries of one request, the first included. */
  readonly tries: number;
  /** The longest pause that a registry's Retry-After can ask for. */
  readonly longestPauseMs: number;
  readonly connectionsPerHost: number;
}

/** The limits that hold where the caller sets none. */
export const defaultLimits: Limits = {
  connectMs: 30_000,
  tlsMs: 10_000,
  headersMs: 60_000,
  commitMs: 300_000,
  idleMs: 60_000,
  tries: 5,
  longestPauseMs: 60_000,
  connectionsPerHost: 8,
};

// ctr: core/remotes/docker MaxManifestSize, written 4*1048*1048 there.
/** Bytes of the largest manifest or index that is read. */
export const maxManifestSize = 4 * 1048 * 1048;
/** Bytes of the longest answer of a token server that is read. */
export const maxTokenBody = 1 << 20;
/** Bytes of an error's body that are read to find the registry's reason. */
export const maxErrorBody = 64 << 10;
/** Bytes of a hosts.toml or config.json. */
export const maxConfigFile = 1 << 20;
