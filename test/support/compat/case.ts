import type { Daemon } from '../lab.js';
import type { Stdin } from '../run.js';
import type { AuditName } from './audit.js';
import type { NormaliserName } from './normalise.js';

/** A release line of containerd. */
export type Version = Daemon['version'];

/** A command line without the program; `{ns}` and the other placeholders of side.ts are filled in. */
export type Argv = readonly string[];

/** How the two stdouts are compared: `exact` by bytes; `presence`: both write or neither does. */
export type StdoutRule = 'exact' | 'presence' | 'ignored';

/** One thing that ctr and tctr are both asked to do, each in a namespace of its own on the same daemon. */
export interface CompatCase {
  /** Unique in its topic. */
  readonly name: string;
  readonly argv: Argv;
  /** Run by the daemon's own ctr in both namespaces beforehand; each has to succeed. */
  readonly setup?: readonly Argv[];
  /** Texts that are brought into both namespaces beforehand, kept from the collector by a label. */
  readonly blobs?: readonly string[];
  /** Ingests that are left unfinished in both beforehand: ref to text. */
  readonly unfinished?: Readonly<Record<string, string>>;
  /** Files below {tmp}: path to content. */
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: Stdin;
  readonly env?: Readonly<Record<string, string>>;
  /** The line is taken as it is: no `--address` and `--namespace` in front. */
  readonly bare?: boolean;
  /** On 1.x, too, ctr 2.x is given the line as it is, though it asks for a transfer service that is not there. */
  readonly asTyped?: boolean;
  /** One side after the other: for what a daemon does for one client at a time. */
  readonly apart?: boolean;
  /** The daemons that the case runs on: all by default. */
  readonly versions?: readonly Version[];
  /** No daemon is asked, or its release cannot matter: the case runs on one, and speaks for all of `versions`. */
  readonly anyDaemon?: boolean;
  /** Asks ctr 2.1 by default; `own` asks the daemon's own ctr. */
  readonly oracle?: '2.1' | 'own';
  /** Reads only: the daemon's own ctr has to say the same on stdout, too. */
  readonly alsoOwn?: boolean;
  readonly stdout?: StdoutRule;
  /** Two that fail alike are not enough: both have to end with 0. */
  readonly succeeds?: boolean;
  /** What tctr's error says instead of ctr's 2.1 message. */
  readonly message?: string;
  readonly logs?: 'compared' | 'ignored';
  /** What is compared of what is left behind: everything by default. */
  readonly state?: readonly AuditName[];
  /** Run by the daemon's own ctr in both namespaces afterwards; stdouts are compared. */
  readonly probes?: readonly Argv[];
  readonly normalise?: readonly NormaliserName[];
  /** The differences (their names in test/compat/differences) that this case shows to be real. */
  readonly differs?: readonly (string | { readonly name: string; readonly versions: readonly Version[] })[];
  /** Milliseconds that either process may take. */
  readonly deadline?: number;
}

export const allVersions: readonly Version[] = ['1.6', '1.7', '2.1'];

/** The names of the differences that a case shows on a daemon. */
export function differencesOn({ differs = [] }: CompatCase, version: Version): readonly string[] {
  return differs.flatMap((item) => {
    if (typeof item === 'string') return [item];
    return item.versions.includes(version) ? [item.name] : [];
  });
}
