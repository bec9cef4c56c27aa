import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { daemon, empty, inNamespace, root } from './lab.js';
import { measure } from './measure.js';

/** A pull of 500 MB in five layers from the lab's registry: by the client, and through the daemon. */
export async function pull({ rounds = 20 }) {
  const ref = execFileSync(join(root, 'lab/lab'), ['image', 'big', '500', '5'], { encoding: 'utf8' }).trim();
  const local = await compare(rounds, daemon('16'), ['image', 'pull', '--plain-http'], ref, ['--local']);
  const through = await compare(rounds, daemon('21'), ['image', 'pull', '--plain-http'], ref, []);
  return [
    { what: '`image pull --local`, 500 MB, against ctr 1.6', ...local, target: 1, memory: 200e6 },
    { what: '`image pull`, 500 MB, through the daemon 2.1', ...through, target: 1.05 },
  ];
}

function compare(rounds, lab, words, ref, flags) {
  return inNamespace(lab, async ({ namespace, client }) => {
    const before = () => empty(client);
    const { tctr, ctr } = Object.fromEntries(
      await measure(rounds, [
        { name: 'tctr', argv: lab.tctr('-n', namespace, ...words, ...flags, ref), before, watch: true },
        { name: 'ctr', argv: lab.ctr('-n', namespace, ...words, ref), before },
      ]),
    );
    return { tctr, other: ctr };
  });
}
