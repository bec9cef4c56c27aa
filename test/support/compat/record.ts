import { appendFileSync } from 'node:fs';
import { allVersions, differencesOn, type Argv, type CompatCase, type Version } from './case.js';

/** What a case that has passed tells the parity ledger: one line of JSON. */
export interface Evidence {
  readonly topic: string;
  readonly name: string;
  /** The releases that it speaks for. */
  readonly versions: readonly Version[];
  /** The whole line that both programs read, global flags first. */
  readonly argv: Argv;
  /** The differences that showed. */
  readonly differs: readonly string[];
}

/** Adds a case that has passed to the file that TCTR_PARITY_OUT names; a line that was not carried out shows nothing. */
export function record(passed: {
  readonly topic: string;
  readonly subject: CompatCase;
  readonly version: Version;
  readonly misread: boolean;
}): void {
  const file = process.env['TCTR_PARITY_OUT'];
  if (file === undefined || passed.misread) return;
  const { topic, subject, version } = passed;
  const { name, argv, bare, anyDaemon, versions = allVersions } = subject;
  const evidence: Evidence = {
    topic,
    name,
    versions: anyDaemon ? versions : [version],
    argv: bare ? argv : ['--address', '{socket}', '--namespace', '{ns}', ...argv],
    differs: differencesOn(subject, version),
  };
  // One write of one line: the suite's workers share the file.
  appendFileSync(file, `${JSON.stringify(evidence)}\n`);
}
