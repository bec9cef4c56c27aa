import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { differences } from '../../compat/differences/all.js';
import { lab as readLab } from '../lab.js';
import { allAudits, audit, type AuditName, type State } from './audit.js';
import { allVersions, type CompatCase } from './case.js';
import { compare, type Pair, type Result } from './compare.js';
import { judge, type NamedDifference } from './difference.js';
import { normalise } from './normalise.js';
import { explain } from './report.js';
import { act, clear, layOut, ownCtr, sidesOf, type Side } from './side.js';
import { namespaces, sweep } from './sweep.js';

const deadline = 60_000;
// What a command leaves to the garbage collector is gone a moment later.
const settling = { attempts: 6, pause: 250 };

/** Registers a test for each case on each daemon. */
export function compat(topic: string, cases: readonly CompatCase[]): void {
  const lab = readLab();
  describe.each(lab.daemons.map((daemon) => [daemon.version, daemon] as const))(
    `${topic} on containerd %s`,
    (_, daemon) => {
      const leftBehind = new Set<string>();
      beforeAll(async () => {
        const [side] = sidesOf(topic, '', daemon, lab);
        await layOut(side);
        for (const name of await namespaces(side)) leftBehind.add(name);
      });
      const here = cases.filter(({ versions = allVersions }) => versions.includes(daemon.version));
      test.each(here.map((subject) => [subject.name, subject] as const))(
        '%s',
        async (_name, subject) => {
          const sides = sidesOf(topic, subject.name, daemon, lab);
          for (const side of sides) if (leftBehind.has(side.namespace)) await sweep(side);
          await check(subject, sides);
        },
        deadline,
      );
      afterAll(() => clear(sidesOf(topic, '', daemon, lab)[0]));
    },
  );
}

async function check(subject: CompatCase, sides: readonly [Side, Side]): Promise<void> {
  try {
    const [ctr, tctr] = await Promise.all(sides.map((side) => perform(subject, side)));
    const first = { ctr: ctr!, tctr: tctr! };
    // What a case expects to differ is not waited for.
    const pair = named(subject, first).length > 0 ? first : await settle(subject, first);
    const mismatches = compare(subject, pair);
    const reasons = judge(mismatches, named(subject, pair), pair);
    if (reasons.length > 0) throw new Error(explain(reasons, mismatches, pair));
  } finally {
    await Promise.all(sides.map(sweep));
    await clear(sides[0]);
  }
}

async function perform(subject: CompatCase, side: Side): Promise<Result> {
  await layOut(side, subject.files);
  for (const line of subject.setup ?? []) await prepare(side, line);
  const outcome = await act(side, subject);
  const own = subject.alsoOwn && side.program === 'ctr' ? { own: await ownCtr(side, subject.argv) } : {};
  const state = await audit(side, audited(subject));
  const probes: string[] = [];
  for (const line of subject.probes ?? []) probes.push(await probe(side, line));
  return { side, outcome, state, probes, ...own };
}

async function prepare(side: Side, line: readonly string[]): Promise<void> {
  const { argv, stdout, stderr, status } = await ownCtr(side, line);
  if (status !== 0)
    throw new Error(
      `setting up failed: ${argv.join(' ')}: ${status}\n${stdout.toString()}${stderr.toString()}`,
    );
}

async function probe(side: Side, line: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await ownCtr(side, line);
  return normalise(`${stdout.toString('latin1')}${stderr.toString('latin1')}${status}`, side, ['pids']);
}

/** The differences that the case shows on this daemon. */
function named({ differs = [] }: CompatCase, { ctr }: Pair): readonly NamedDifference[] {
  const here = differs.flatMap((item) => {
    if (typeof item === 'string') return [item];
    return item.versions.includes(ctr.side.daemon.version) ? [item.name] : [];
  });
  return differences(here);
}

function audited(subject: CompatCase): readonly AuditName[] {
  return subject.state ?? allAudits;
}

/** Looks again where the states differ. */
async function settle(subject: CompatCase, pair: Pair): Promise<Pair> {
  if (compare(subject, pair).some(({ aspect }) => !isAudit(aspect))) return pair;
  let { ctr, tctr } = pair;
  for (let attempt = 0; attempt < settling.attempts && !same(ctr.state, tctr.state); attempt++) {
    await setTimeout(settling.pause);
    const [theirs, ours] = await Promise.all([ctr, tctr].map(({ side }) => audit(side, audited(subject))));
    [ctr, tctr] = [
      { ...ctr, state: theirs! },
      { ...tctr, state: ours! },
    ];
  }
  return { ctr, tctr };
}

function isAudit(aspect: string): boolean {
  return (allAudits as readonly string[]).includes(aspect);
}

function same(a: State, b: State): boolean {
  return [...a].every(([name, text]) => b.get(name) === text);
}
