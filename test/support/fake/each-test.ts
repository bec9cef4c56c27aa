import { afterEach, beforeEach } from '@jest/globals';
import { runCli, type CliOptions, type CliResult } from '../cli.js';
import { startFake, type FakeContainerd } from './containerd.js';

/** A fake of its own for each test, and tctr talking to it. */
export interface Bench {
  readonly fake: FakeContainerd;
  readonly tctr: (argv: readonly string[], options?: CliOptions) => Promise<CliResult>;
}

/** Gives every test of a file a fresh fake; read its parts inside the tests only. */
export function fakeEachTest(options: Parameters<typeof startFake>[0] = {}): Bench {
  let fake: FakeContainerd | undefined;
  beforeEach(async () => {
    fake = await startFake(options);
  });
  afterEach(() => fake?.close());
  const running = (): FakeContainerd => {
    if (!fake) throw new Error('the fake runs only while a test does');
    return fake;
  };
  return {
    get fake() {
      return running();
    },
    tctr: (argv, more = {}) => runCli(argv, { socket: running().socket, ...more }),
  };
}
