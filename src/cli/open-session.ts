import type { Client } from '../client/client.js';
import { createLogger } from './log.js';
import type { Process } from './main.js';
import type { Globals, Session } from './session.js';

/** A session, and how to end it: waits for what still runs beside the command, and closes the connection. */
export interface OpenSession {
  readonly session: Session;
  readonly close: () => Promise<void>;
}

/** Makes the session of one command. Nothing is connected before the command asks for its client. */
export function openSession(proc: Process, globals: Globals): OpenSession {
  const { streams, env, interrupts, program } = proc;
  const log = createLogger(streams.stderr, { debug: globals.debug });
  let connecting: Promise<Client> | undefined;
  let warned: Promise<void> | undefined;
  const connect = async (): Promise<Client> => {
    const { openClient, warnOfDeprecations } = await import('./connection.js');
    const client = await openClient(session);
    warned = warnOfDeprecations(session, client);
    return client;
  };
  const session: Session = {
    program,
    globals,
    streams,
    env,
    log,
    interrupts,
    signal: endOf(proc, globals),
    client: () => (connecting ??= connect()),
  };
  return {
    session,
    close: async () => {
      await warned;
      await connecting?.then(
        (client) => client.close(),
        () => undefined, // the command has told of it
      );
    },
  };
}

/** Aborts at an ending signal, and when --timeout is over. */
function endOf({ interrupts }: Process, { timeout }: Globals): AbortSignal {
  if (timeout <= 0) return interrupts.signal;
  return AbortSignal.any([interrupts.signal, AbortSignal.timeout(Math.max(1, Math.ceil(timeout)))]);
}
