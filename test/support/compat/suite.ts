import { beforeAll, describe, test } from '@jest/globals';
import { lab } from '../lab.js';
import { allVersions, type CompatCase, type Version } from './case.js';
import { record } from './record.js';
import { clear, layOut, sidesOf, type Places } from './side.js';
import { namespaces, sweep } from './sweep.js';
import { check } from './trial.js';

const deadline = 90_000;

/** Registers a test for each case on each daemon; `places` are placeholders of the topic's own. */
export function compat(topic: string, cases: readonly CompatCase[], places?: Places): void {
  const here = lab();
  const daemons = here.daemons
    .filter(({ version }) => cases.some((subject) => daemonsOf(subject).includes(version)))
    .map((daemon) => [daemon.version, daemon] as const);
  describe.each(daemons)(`${topic} on containerd %s`, (version, daemon) => {
    const leftBehind = new Set<string>();
    beforeAll(async () => {
      const [side] = sidesOf(topic, '', daemon, here);
      await layOut(side);
      for (const name of await namespaces(side)) leftBehind.add(name);
      await clear(side);
    });
    const subjects = cases.filter((subject) => daemonsOf(subject).includes(version));
    test.each(subjects.map((subject) => [subject.name, subject] as const))(
      '%s',
      async (name, subject) => {
        const sides = sidesOf(topic, name, daemon, here, places);
        for (const side of sides) if (leftBehind.has(side.namespace)) await clean(side);
        await check(subject, sides, (misread) => record({ topic, subject, version, misread }));
      },
      deadline,
    );
  });
}

/** The daemons that a case is run on; the newest, where any would do. */
function daemonsOf({ versions = allVersions, anyDaemon }: CompatCase): readonly Version[] {
  return anyDaemon ? versions.slice(-1) : versions;
}

/** What an interrupted run of the same test left. */
async function clean(side: Parameters<typeof sweep>[0]): Promise<void> {
  await layOut(side);
  await sweep(side);
}
