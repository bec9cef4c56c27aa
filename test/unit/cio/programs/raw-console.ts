// Enters raw mode and leaves the way its argument says; the mode inside is printed by stty.
import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { currentConsole } from '../../../../src/cio/console.js';

const [way = ''] = process.argv.slice(2);
const console = currentConsole();
const restore = console.enterRaw();
writeSync(1, execFileSync('stty', ['-a'], { stdio: ['inherit', 'pipe', 'inherit'] }));
writeSync(1, JSON.stringify(console.size()) + '\n');
if (way === 'restore') restore();
else if (way === 'throw') throw new Error('on purpose');
else if (way === 'handled') process.once('SIGTERM', () => writeSync(1, 'handled\n'));
if (way === 'end' || way === 'restore') console.close();
else {
  setTimeout(() => {}, 10_000).unref();
  process.kill(process.pid, way === 'handled' ? 'SIGTERM' : way);
  if (way !== 'handled') setTimeout(() => {}, 10_000);
  else setTimeout(() => console.close(), 20);
}
