import { allVersions } from './case.js';
import type { NamedDifference } from './difference.js';

const intro = `# tctr and ctr

Made by \`npm run parity\` from the list in test/compat/differences. Not edited by hand.

## What is the same

tctr has ctr's commands, aliases and flags, and reads them by ctr's rules: one dash or two make no difference, flags stand
before the first argument, a boolean takes a value only behind \`=\`, global flags stand before the command. What it writes to
stdout is what ctr writes, byte by byte, so that scripts go on working; the exit code is ctr's; so is what the command leaves in
containerd. This is measured, not promised: the compat suite runs both on containerd 1.6, 1.7 and 2.1, and
[parity.md](parity.md) tells command by command and flag by flag what it saw.

The measure is the ctr of 2.1, also on older daemons; where that ctr asks for a service that 1.6 or 1.7 has not, tctr does the
work by itself.

## What is in other words

- Help texts. The first line of a misuse (\`Incorrect Usage: …\`) is ctr's, and so is where it goes: to stdout.
- Errors are one line on stderr: \`tctr: \`, what ctr says, and, where there is one, the next step in parentheses.

## What differs on purpose

Each of these is shown by a case of the suite, which fails where the difference is no longer there.`;

/** docs/ctr.md. */
export function ctrPage(known: readonly NamedDifference[]): string {
  return `${[intro, ...known.map(section)].join('\n\n')}\n`;
}

function section({ name, reason, ctr, tctr, versions = allVersions }: NamedDifference): string {
  const where = versions.length < allVersions.length ? ` (on ${versions.join(', ')})` : '';
  return [`### ${name}`, '', `- ctr${where}: ${ctr}`, `- tctr: ${tctr}`, `- why: ${reason}`].join('\n');
}
