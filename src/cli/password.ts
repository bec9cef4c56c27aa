import { createInterface } from 'node:readline/promises';
import { ReadStream } from 'node:tty';
import { Writable } from 'node:stream';
import { KindError } from '../oci/errors.js';
import type { Session } from './session.js';

/** Asks for a password on the terminal, without echo; the terminal is restored whatever happens. */
export async function askPassword({ streams, signal }: Session): Promise<string> {
  if (!streams.stdin.isTTY) {
    throw new KindError('failed precondition', 'a password is needed, and there is no terminal to ask on', {
      hint: 'give --user as user:password',
    });
  }
  streams.stderr.write('Password: ');
  const input = new ReadStream(streams.stdin.fd);
  // readline puts the terminal into raw mode, and echoes to its output: nowhere.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input, output: silent, terminal: true });
  try {
    return await asking.question('', { signal });
  } finally {
    asking.close();
    input.destroy();
    streams.stderr.write('\n');
  }
}
