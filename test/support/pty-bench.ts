import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { audit, leftovers, type Audit } from './audit.js';
import { commandLine, type Place } from './faults.js';
import { makePlace, removePlace } from './faults-place.js';
import type { Daemon } from './lab.js';
import { Terminal } from './pty.js';

/** Milliseconds that a test with a terminal may take. */
export const limit = 60_000;

/** What the terminal tests of one daemon share; read its parts inside the tests only. */
export interface PtyBench {
  readonly place: Place;
  /** A name that no other test has. */
  readonly newId: () => string;
  /** Runs tctr in a new terminal, which is closed behind the test; `around` as {@link Terminal.run} has it. */
  readonly open: (words: readonly string[], around?: string) => Terminal;
  /** Expects that all that was made since the beginning is gone. */
  readonly nothingLeft: () => Promise<void>;
}

/** Gives the tests of a `describe` a namespace on a daemon, and each a terminal. */
export function ptyBench(
  daemon: Daemon,
  topic: string,
  { empty = false, prepare }: { empty?: boolean; prepare?: (place: Place) => Promise<unknown> } = {},
): PtyBench {
  let place: Place | undefined;
  let before: Audit;
  let terminal: Terminal | undefined;
  let count = 0;
  const current = (): Place => {
    if (!place) throw new Error('there is a place only while tests run');
    return place;
  };

  beforeAll(async () => {
    place = await makePlace(daemon, topic, { empty });
    await prepare?.(place);
    before = await audit(daemon, place.namespace);
  }, limit);
  afterEach(async () => {
    await terminal?.close();
    terminal = undefined;
  });
  afterAll(async () => {
    if (place) await removePlace(place);
  }, limit);

  return {
    get place() {
      return current();
    },
    newId: () => `${current().namespace}-${count++}`,
    open: (words, around) => (terminal = Terminal.run(commandLine(current(), words), around)),
    nothingLeft: async () => expect(await leftovers(current(), before)).toEqual({}),
  };
}
