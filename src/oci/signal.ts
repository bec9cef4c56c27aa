import { constants } from 'node:os';
import { KindError } from './errors.js';

// Linux's numbers, whatever this machine is: they are the container's. Those of real time count from both ends.
const firstRealTime = 34;
const lastRealTime = 64;

const numbers: ReadonlyMap<string, number> = new Map(
  (
    'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU ' +
    'XFSZ VTALRM PROF WINCH IO PWR SYS'
  )
    .split(' ')
    .map((name, i): [string, number] => [name, i + 1])
    .concat([
      ['IOT', 6],
      ['CLD', 17],
      ['POLL', 29],
      ['UNUSED', 31],
      ['RTMIN', firstRealTime],
      ['RTMAX', lastRealTime],
    ])
    .concat(Array.from({ length: 15 }, (_, i) => [`RTMIN+${i + 1}`, firstRealTime + i + 1]))
    .concat(Array.from({ length: 14 }, (_, i) => [`RTMAX-${i + 1}`, lastRealTime - i - 1])),
);

/**
 * Reads a signal's name, with or without `SIG` and in any case, or its number (moby/sys `signal.ParseSignal`). A number is
 * not checked: the daemon answers for it.
 * @throws KindError 'invalid argument', `invalid signal: BOGUS`, also for 0
 */
export function parseSignal(text: string): number {
  const parsed = /^[+-]?\d{1,9}$/.test(text)
    ? Number(text)
    : numbers.get(text.toUpperCase().replace(/^SIG/, ''));
  if (parsed === undefined || parsed === 0)
    throw new KindError('invalid argument', `invalid signal: ${text}`);
  return parsed;
}

/** `SIGTERM` of 15; undefined for a number that is no signal's. */
export function signalName(number: number): string | undefined {
  for (const [name, value] of numbers) {
    if (value === number) return `SIG${name}`;
  }
  return undefined;
}

/** The Linux number of a signal that this process received. */
export function signalNumber(name: NodeJS.Signals): number {
  return numbers.get(name.slice(3)) ?? constants.signals[name];
}
