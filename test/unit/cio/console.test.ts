import { spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { afterAll, describe, expect, test } from '@jest/globals';
import { currentConsole } from '../../../src/cio/console.js';
import { pipeFrom } from './pipes.js';
import { KindError } from '../../../src/oci/errors.js';
import { buildProgram } from './program.js';
import { scratchDir } from './scratch.js';

const scratch = scratchDir();
afterAll(() => scratch.remove());

/** Runs a shell script on a new terminal. */
function onTerminal(script: string): string {
  const options: SpawnSyncOptionsWithStringEncoding = {
    encoding: 'utf8',
    timeout: 10_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  return spawnSync('script', ['-qfec', `stty rows 33 cols 101; ${script}`, '/dev/null'], options).stdout;
}

describe('raw mode', () => {
  const program = buildProgram('raw-console', scratch.path);
  const session = (way: string) =>
    onTerminal(`stty -g; node ${program} ${way} 2>/dev/null; echo code=$?; stty -g`);

  test('is ctr’s: as raw as can be, but for output processing', () => {
    const output = session('end');
    for (const flag of [
      '-echo',
      '-icanon',
      '-isig',
      '-iexten',
      '-icrnl',
      '-ixon',
      '-brkint',
      '-inpck',
      '-istrip',
    ]) {
      expect(output).toMatch(new RegExp(`(?:^| )${flag}(?: |$)`, 'm'));
    }
    expect(output).toMatch(/^opost .* onlcr /m);
    expect(output).toContain('min = 1; time = 0;');
    expect(output).toContain('{"width":101,"height":33}');
  });

  test.each([
    ['end', 0],
    ['restore', 0],
    ['throw', 1],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
    ['SIGTERM', 143],
    ['handled', 0],
  ])('ends with %s, status %d', (way, code) => {
    const output = session(way);
    const modes = output.match(/^[0-9a-f]+(?::[0-9a-f]+){10,}/gm);
    expect(output).toContain(`code=${code}`);
    expect(modes).toHaveLength(2);
    expect(modes?.[1]).toBe(modes?.[0]);
    expect(output.includes('handled')).toBe(way === 'handled');
  });
});

test('resizes that come during a report are reported as one', () => {
  const program = buildProgram('resize', scratch.path);
  const [fifo, enough] = [`${scratch.path}/r`, `${scratch.path}/enough`];
  // The program says when it listens, and when it reports.
  const resize = `read ready <&3; stty rows 21; read first <&3; echo "$first"; stty rows 22; stty rows 23; touch ${enough}`;
  const output = onTerminal(
    `mkfifo ${fifo}; node ${program} ${enough} >${fifo} & exec 3<${fifo}; ${resize}; cat <&3`,
  );
  expect(output.match(/size .*/g)?.map((line) => line.trim())).toEqual(['size 101x21', 'size 101x23']);
});

test('there is no console without a terminal', () => {
  expect(() => currentConsole([])).toThrow(KindError);
});

describe('a program whose task ends without reading its input ends by itself', () => {
  const program = buildProgram('attach', scratch.path);
  const run = `timeout --foreground 3 node ${program} ${scratch.path}/fifo`;

  test('on an idle terminal', () => expect(onTerminal(`${run}; echo code=$?`)).toContain('code=0'));
  test('on an idle raw terminal', () => expect(onTerminal(`${run} raw; echo code=$?`)).toContain('code=0'));
  test.each(['</dev/null', '</dev/zero', '<&-', '<$0'])('with %s', (redirection) => {
    expect(spawnSync('sh', ['-c', `${run} ${redirection}`, process.execPath]).status).toBe(0);
  });
  test('on an idle pipe', async () => {
    const pipe = await pipeFrom('sleep 60');
    const { status } = spawnSync('sh', ['-c', run], { stdio: [pipe.fd, 'ignore', 'inherit'] });
    pipe.kill();
    await pipe.close();
    expect(status).toBe(0);
  });
});
