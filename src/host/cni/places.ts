/** Where CNI's files are. */
export interface CniPlaces {
  /** Configurations; the first one by name counts. */
  readonly configs: string;
  /** Plugins' programs. */
  readonly programs: readonly string[];
  /** What plugins have answered, for when they disconnect: every caller of CNI keeps it here, ctr too. */
  readonly results: string;
}

/** The places of ctr, and Debian's for plugins. */
export const cniPlaces: CniPlaces = {
  configs: '/etc/cni/net.d',
  programs: ['/opt/cni/bin', '/usr/lib/cni'],
  results: '/var/lib/cni/results',
};
