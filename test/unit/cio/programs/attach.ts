// Reads its standard input for a task that ends without reading it; then it has to end by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import { TaskIo } from '../../../../src/cio/task-io.js';
import { currentConsole } from '../../../../src/cio/console.js';

const [fifoRoot = '', tty] = process.argv.slice(2);
const console = tty === 'raw' ? currentConsole() : undefined;
console?.enterRaw();
const io = await TaskIo.create({ fifoRoot, id: 'web', terminal: false, stdin: 0, stdout: 1, stderr: 2 });
io.started(() => Promise.resolve());
await sleep(50);
io.dispose();
console?.close();
