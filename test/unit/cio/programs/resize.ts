// Prints the sizes that it is told of, until there have been two; the first report goes on until the file of its argument is there.
import { existsSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentConsole } from '../../../../src/cio/console.js';

const console = currentConsole();
const alive = setInterval(() => {}, 1000);
let count = 0;
const stop = console.onResize(async ({ width, height }) => {
  writeSync(1, `size ${width}x${height}\n`);
  if (++count < 2) {
    while (!existsSync(process.argv[2]!)) await sleep(20);
    await sleep(20); // signals that came before the file did
    return;
  }
  stop();
  console.close();
  clearInterval(alive);
});
writeSync(1, 'ready\n');
