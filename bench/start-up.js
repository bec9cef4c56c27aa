import { daemon } from './lab.js';
import { measure } from './measure.js';

/** What a user feels of every command: against an empty program of the same Node.js. */
export async function startUp({ rounds = 25 }) {
  const lab = daemon('17');
  const times = await measure(rounds, [
    { name: 'node', argv: [process.execPath, '-e', '0'] },
    { name: 'tctr', argv: lab.tctr('container', 'ls') },
    { name: 'ctr', argv: lab.ctr('container', 'ls') },
  ]);
  const { tctr, node, ctr } = Object.fromEntries(times);
  return [
    { what: '`container ls` against bare Node.js', tctr, other: node, target: 2.6 },
    { what: `\`container ls\` against ctr ${lab.version}`, tctr, other: ctr },
  ];
}
