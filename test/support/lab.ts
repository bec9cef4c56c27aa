import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One running containerd of the lab. */
export interface Daemon {
  /** The release line that tests are written for. */
  readonly version: '1.6' | '1.7' | '2.1';
  /** The release itself, as in 2.1.9. */
  readonly full: string;
  readonly socket: string;
  /** Path of the ctr that was released with this daemon. */
  readonly ctr: string;
  /** Path of the runc that its shims use. */
  readonly runc: string;
  /** The daemon's log file: a failing test prints its end. */
  readonly log: string;
}

/** The lab's dockerd; its containers are in the `moby` namespace of `containerd`. */
export interface Docker {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Path of a docker client. */
  readonly cli: string;
  readonly version: string;
  readonly containerd: Daemon['version'];
  readonly log: string;
}

/** What `lab/lab` brought up. */
export interface Lab {
  readonly dir: string;
  /** Oldest first. */
  readonly daemons: readonly Daemon[];
  /** host:port of a plain-HTTP registry. */
  readonly registry: string;
  /** A hosts directory (certs.d) that sends docker.io, and every other host, to the registry. */
  readonly hostsDir: string;
  /** Path of skopeo, another reader of archives. */
  readonly skopeo: string;
  /** The folder of the CNI plugins. */
  readonly cniPlugins: string;
  readonly docker?: Docker;
}

/**
 * The lab that this test run was started in.
 * @throws Error when there is none: a test that needs a daemon fails, it is not skipped.
 */
export function lab(): Lab {
  const dir = process.env['TCTR_LAB_DIR'];
  if (dir === undefined) throw new Error(advice('TCTR_LAB_DIR is not set'));
  const found = read(join(dir, 'env.json'));
  const { registry, hostsDir, skopeo, cniPlugins } = found;
  if (registry === undefined || hostsDir === undefined || skopeo === undefined || cniPlugins === undefined) {
    throw new Error(advice(`the lab in ${dir} has no registry`));
  }
  return { ...found, registry, hostsDir, skopeo, cniPlugins };
}

/** A lab without the part `registry` is valid, but of no use to a test. */
type Written = Omit<Lab, OfRegistry> & Partial<Pick<Lab, OfRegistry>>;
type OfRegistry = 'registry' | 'hostsDir' | 'skopeo' | 'cniPlugins';

function read(file: string): Written {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Written;
  } catch (cause) {
    throw new Error(advice(`${file} cannot be read`), { cause });
  }
}

const advice = (problem: string): string =>
  `${problem}: this test needs the lab's daemons; run it through \`lab/lab run -- npx jest …\``;
