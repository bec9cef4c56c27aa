import type { AuditName, State } from './audit.js';
import type { CompatCase } from './case.js';
import { readMessages } from './messages.js';
import { normalise } from './normalise.js';
import type { Outcome, Side } from './side.js';

/** What two programs may differ in. */
export type Aspect = 'stdout' | 'exit' | 'stderr' | 'logs' | 'probes' | 'own' | AuditName;

/** What a case led to on one side. */
export interface Result {
  readonly side: Side;
  readonly outcome: Outcome;
  readonly state: State;
  /** What each probe printed. */
  readonly probes: readonly string[];
  /** What the daemon's own ctr says to the same line, where the case asks for it. */
  readonly own?: Outcome;
}

/** ctr's result and tctr's. */
export interface Pair {
  readonly ctr: Result;
  readonly tctr: Result;
}

/** One thing that is not the same. */
export interface Mismatch {
  readonly aspect: Aspect;
  readonly what: string;
  readonly ctr: string;
  readonly tctr: string;
}

/** Everything in which the two sides of a case are not the same. */
export function compare(subject: CompatCase, pair: Pair): readonly Mismatch[] {
  return [
    ...compareStdout(subject, pair),
    ...differ('exit', 'exit code', String(pair.ctr.outcome.status), String(pair.tctr.outcome.status)),
    ...compareSuccess(subject, pair),
    ...compareStderr(subject, pair),
    ...[...pair.ctr.state].flatMap(([name, text]) =>
      differ(name, name, text, pair.tctr.state.get(name) ?? ''),
    ),
    ...pair.ctr.probes.flatMap((text, index) =>
      differ('probes', subject.probes?.[index]?.join(' ') ?? '', text, pair.tctr.probes[index] ?? ''),
    ),
    ...compareOwn(subject, pair),
  ];
}

/** A side's stdout, one character a byte, normalised. */
export function stdoutOf(subject: CompatCase, { side, outcome }: Result): string {
  return normalise(outcome.stdout.toString('latin1'), side, subject.normalise);
}

function compareStdout(subject: CompatCase, { ctr, tctr }: Pair): readonly Mismatch[] {
  const rule = subject.stdout ?? 'exact';
  if (rule === 'ignored') return [];
  const view = (result: Result): string => {
    const text = stdoutOf(subject, result);
    return rule === 'exact' ? text : outline(text);
  };
  return differ('stdout', 'stdout', view(ctr), view(tctr));
}

/** Help is in words of our own: what it says of the line stays, and whether it is there. */
function outline(text: string): string {
  const usage = /^Incorrect Usage: .*/.exec(text)?.[0];
  return usage ?? (text === '' ? '(nothing)' : '(something)');
}

function compareSuccess({ succeeds }: CompatCase, { ctr, tctr }: Pair): readonly Mismatch[] {
  const [theirs, ours] = [String(ctr.outcome.status), String(tctr.outcome.status)];
  const failed = succeeds === true && theirs === ours && theirs !== '0';
  return failed ? [{ aspect: 'exit', what: 'success', ctr: theirs, tctr: ours }] : [];
}

function compareStderr(subject: CompatCase, { ctr, tctr }: Pair): readonly Mismatch[] {
  const read = ({ side, outcome }: Result) => readMessages(normalise(outcome.stderr.toString(), side));
  const [theirs, ours] = [read(ctr), read(tctr)];
  const logs =
    subject.logs === 'ignored'
      ? []
      : differ('logs', 'log lines', theirs.logs.join('\n'), ours.logs.join('\n'));
  const wanted = subject.message ?? theirs.lines[0] ?? '';
  const said = ours.lines.join('\n');
  const asExpected = wanted === '' ? said === '' : ours.lines.length === 1 && said.includes(wanted);
  return asExpected
    ? logs
    : [...logs, { aspect: 'stderr', what: 'stderr', ctr: theirs.lines.join('\n'), tctr: said }];
}

function compareOwn(subject: CompatCase, { ctr, tctr }: Pair): readonly Mismatch[] {
  if (!ctr.own) return [];
  const own = stdoutOf(subject, { ...ctr, outcome: ctr.own });
  return [
    ...differ('own', `stdout of ctr ${ctr.side.daemon.version}`, own, stdoutOf(subject, tctr)),
    ...differ(
      'own',
      `exit code of ctr ${ctr.side.daemon.version}`,
      String(ctr.own.status),
      String(tctr.outcome.status),
    ),
  ];
}

function differ(aspect: Aspect, what: string, ctr: string, tctr: string): readonly Mismatch[] {
  return ctr === tctr ? [] : [{ aspect, what, ctr, tctr }];
}
