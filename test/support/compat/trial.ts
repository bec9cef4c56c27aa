import { setTimeout } from 'node:timers/promises';
import { collectGarbage } from '../../../src/ops/collect-garbage.js';
import { differences } from '../../compat/differences/all.js';
import { allAudits, audit, type AuditName, type State } from './audit.js';
import { differencesOn, type Argv, type CompatCase } from './case.js';
import { compare, type Pair, type Result } from './compare.js';
import { bringContent } from './content.js';
import { withDaemon } from './daemon.js';
import { judge, type NamedDifference } from './difference.js';
import { normalise } from './normalise.js';
import { explain } from './report.js';
import { act, clear, layOut, ownCtr, type Side } from './side.js';
import { sweep, sweepAll } from './sweep.js';

// What ctr does at random it may do many times in a row: on busy processors every third export of the daemon's lacks its end.
const attempts = 12;

// What a command leaves to the garbage collector is gone a moment later.
const settling = { attempts: 12, pause: 250 };

/** What came of a case: what is wrong, and how to tell. */
interface Verdict {
  readonly pair: Pair;
  readonly reasons: readonly string[];
  readonly explanation: string;
}

/**
 * Has both sides do what a case asks for, and compares. A case that fails is tried again, and passes then only if it
 * was ctr that did something else than before: it loses output of short-lived containers, and the end of what the
 * daemon exports, now and then.
 * @param passed is told of a case that passes, and whether all that ctr did was to show a help.
 * @throws Error with everything there is to know, where tctr is not like ctr.
 */
export async function check(
  subject: CompatCase,
  sides: readonly [Side, Side],
  passed: (misread: boolean) => void = () => undefined,
): Promise<void> {
  const first = await attempt(subject, sides, subject.apart);
  if (first.reasons.length === 0) return passed(misread(first.pair));
  for (let count = 1; count < attempts; count++) {
    const { pair, reasons } = await attempt(subject, sides, true);
    if (compare(subject, { ctr: first.pair.tctr, tctr: pair.tctr }).length > 0) break;
    if (reasons.length === 0) return passed(misread(pair));
  }
  throw new Error(first.explanation);
}

/** Whether ctr showed a help instead of doing anything, asked or since it could not read the line. */
function misread({ ctr }: Pair): boolean {
  return /^(?:Incorrect Usage: |NAME:)/.test(ctr.outcome.stdout.toString('latin1', 0, 64).trimStart());
}

async function attempt(subject: CompatCase, sides: readonly [Side, Side], apart = false): Promise<Verdict> {
  try {
    const [first, second] = sides;
    const ctr = perform(subject, first);
    if (apart) await ctr;
    const results = await Promise.all([ctr, perform(subject, second)]);
    const pair = await settle(subject, { ctr: results[0], tctr: results[1] });
    const mismatches = compare(subject, pair);
    const reasons = judge(mismatches, named(subject, pair.ctr.side), pair);
    return { pair, reasons, explanation: reasons.length > 0 ? explain(reasons, mismatches, pair) : '' };
  } finally {
    await Promise.all(sides.map(makesNamespaces(subject) ? sweepAll : sweep));
    await clear(sides[0]);
  }
}

async function perform(subject: CompatCase, side: Side): Promise<Result> {
  await layOut(side, subject.files);
  for (const line of subject.setup ?? []) await prepare(side, line);
  await bringContent(side, subject);
  const outcome = await act(side, subject);
  const own = subject.alsoOwn && side.program === 'ctr' ? { own: await ownCtr(side, subject.argv) } : {};
  const state = await audit(side, audited(subject));
  const probes: string[] = [];
  for (const line of subject.probes ?? []) probes.push(await probe(side, line));
  return { side, outcome, state, probes, ...own };
}

async function prepare(side: Side, line: Argv): Promise<void> {
  const { argv, stdout, stderr, status } = await ownCtr(side, reliably(side, line));
  if (status === 0) return;
  throw new Error(
    `setting up failed: ${argv.join(' ')}: ${status}\n${stdout.toString()}${stderr.toString()}`,
  );
}

/**
 * What sets up shall be sure and quick. ctr 2.x may end before all that the daemon exports is in the archive: it does
 * that without the daemon. ctr 1.x, done with a pull, spins until its next frame is due; with --debug it draws none.
 */
function reliably({ daemon }: Side, line: Argv): Argv {
  const [topic = '', command = '', ...words] = line;
  if (!/^images?$/.test(topic)) return line;
  if (command === 'pull') return ['--debug', ...line];
  const local = command === 'export' && daemon.version === '2.1' && !words.includes('--local');
  return local ? [topic, command, '--local', ...words] : line;
}

async function probe(side: Side, line: Argv): Promise<string> {
  const { stdout, stderr, status } = await ownCtr(side, line);
  return normalise(`${stdout.toString('latin1')}${stderr.toString('latin1')}${status}`, side, ['pids']);
}

function audited(subject: CompatCase): readonly AuditName[] {
  return subject.state ?? allAudits;
}

function makesNamespaces({ setup = [], argv }: CompatCase): boolean {
  return [...setup, argv].some((line) => line.some((word) => word.startsWith('{ns}-')));
}

/** The differences that the case shows on this daemon, where they show there at all. */
function named(subject: CompatCase, { daemon }: Side): readonly NamedDifference[] {
  return differences(differencesOn(subject, daemon.version));
}

/** Looks again where nothing but the state differs, and is not expected to. */
async function settle(subject: CompatCase, pair: Pair): Promise<Pair> {
  const isAudit = (aspect: string): boolean => (allAudits as readonly string[]).includes(aspect);
  const expected = named(subject, pair.ctr.side).length > 0;
  if (expected || !compare(subject, pair).every(({ aspect }) => isAudit(aspect))) return pair;
  let { ctr, tctr } = pair;
  // When the collector comes by is chance, but for what waits for it.
  const collect = !subject.argv.includes('--sync');
  for (let attempt = 0; attempt < settling.attempts && !same(ctr.state, tctr.state); attempt++) {
    await setTimeout(settling.pause);
    if (collect) await withDaemon(ctr.side, (client) => collectGarbage(client, { sync: true }));
    const [theirs, ours] = await Promise.all([ctr, tctr].map(({ side }) => audit(side, audited(subject))));
    [ctr, tctr] = [
      { ...ctr, state: theirs! },
      { ...tctr, state: ours! },
    ];
  }
  return { ctr, tctr };
}

function same(a: State, b: State): boolean {
  return [...a].every(([name, text]) => b.get(name) === text);
}
