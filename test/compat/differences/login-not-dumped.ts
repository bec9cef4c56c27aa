import type { Difference } from '../../support/compat/difference.js';
import { readMessages } from '../../support/compat/messages.js';

/** Of the connection, of the program, of the moment, and the login itself. */
const apart =
  /^(?:Host|User-Agent|Accept-Encoding|Connection|Keep-Alive|Transfer-Encoding|Date|Authorization): |^host will try/;

/** The lines of a dump, each once: ctr asks without the login first, every time. */
function dumped(stderr: Buffer): string {
  const texts = readMessages(stderr.toString()).logs.map((line) => /msg="(.*)"$/.exec(line)?.[1] ?? '');
  const lines = texts.filter((text) => /^\w[\w-]*: |^[A-Z]+ \/|^HTTP/.test(text) && !apart.test(text));
  return [...new Set(lines)].sort().join('\n');
}

export const loginNotDumped: Difference = {
  reason: 'what is dumped is shown to others: to find a mistake, in the log of a build',
  ctr: 'writes the login into the dump of each request',
  tctr: 'hides it',
  aspects: ['logs'],
  shows: ({ ctr, tctr }) => {
    const [theirs, ours] = [ctr.outcome.stderr, tctr.outcome.stderr];
    const login = /Authorization: Basic \w+=*/;
    return (
      login.test(theirs.toString()) &&
      ours.toString().includes('Authorization: Basic REDACTED') &&
      dumped(ours).startsWith('Accept: ') &&
      dumped(theirs) === dumped(ours)
    );
  },
};
