import { readFileSync } from 'node:fs';

/** A containerd of the lab, with the ctr, runc and log that belong to it. */
export interface LabDaemon {
  /** The release line. */
  readonly version: '1.6' | '1.7' | '2.1';
  readonly full: string;
  readonly socket: string;
  readonly ctr: string;
  readonly runc: string;
  readonly log: string;
}

/** What `lab up` has started: the shape of DIR/env.json. */
export interface Lab {
  readonly dir: string;
  readonly daemons: readonly LabDaemon[];
  /** `host:port` of the registry; it speaks plain HTTP. */
  readonly registry: string;
  readonly hostsDir: string;
}

/** The lab that is up in $TCTR_LAB_DIR, by default in /run/tctr-lab. @throws where none is up. */
export function readLab(): Lab {
  const file = `${process.env['TCTR_LAB_DIR'] ?? '/run/tctr-lab'}/env.json`;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lab;
  } catch (cause) {
    throw new Error(`these tests need real daemons: lab/lab up (no ${file})`, { cause });
  }
}

/** The lab's daemon of a release line. @throws where it does not run. */
export function daemonOf(lab: Lab, version: LabDaemon['version']): LabDaemon {
  const daemon = lab.daemons.find((candidate) => candidate.version === version);
  if (!daemon)
    throw new Error(
      `containerd ${version} does not run in ${lab.dir}: lab/lab up ${version.replace('.', '')}`,
    );
  return daemon;
}
