// Forwards signals to a task that goes away at SIGQUIT, and prints what happens.
import { writeSync } from 'node:fs';
import { forwardSignals } from '../../../../src/cio/signals.js';
import { KindError } from '../../../../src/oci/errors.js';

const print = (text: string) => void writeSync(1, `${text}\n`);
const alive = setInterval(() => {}, 1000);
const uninstall = forwardSignals({
  kill: (signal) => {
    print(`kill ${signal}`);
    if (signal === 3) return Promise.reject(new KindError('not found', 'process already finished'));
    if (signal === 10) return Promise.reject(new KindError('unavailable', 'no connection'));
    return Promise.resolve();
  },
  onError: (error, name) => print(`error ${name} ${(error as Error).message}`),
  onForce: (name) => {
    print(`force ${name}`);
    uninstall();
    clearInterval(alive);
  },
});
print('ready');
