// Prints the sizes that it is told of, slowly, until there have been two.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentConsole } from '../../../../src/cio/console.js';

const console = currentConsole();
const alive = setInterval(() => {}, 1000);
let count = 0;
const stop = console.onResize(async ({ width, height }) => {
  writeSync(1, `size ${width}x${height}\n`);
  await sleep(300);
  if (++count < 2) return;
  stop();
  console.close();
  clearInterval(alive);
});
writeSync(1, 'ready\n');
