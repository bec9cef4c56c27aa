import { debugBytes } from '../client/debug-socket.js';
import { parseDuration } from '../oci/duration.js';
import { duration, uint } from './flags.js';
import type { Session } from './session.js';
import { writeBytes } from './stdout-bytes.js';

/** The flag of every profile. */
export const debugFlag = {
  debug: uint({ summary: '0 for pprof’s binary form, 1 or 2 for text' }),
};

/** How long a profile is taken. */
export const secondsFlag = (usual: string) => ({
  seconds: duration({ summary: `how long (default ${usual})`, aliases: ['s'] }),
});

/** Which profile, of what. */
export interface ProfileRequest {
  readonly socket: string;
  /** Its name below /debug/pprof/. */
  readonly name: string;
  readonly debug: bigint;
  /** A Go duration. */
  readonly seconds?: string;
}

/** Takes a profile (GET over a debug socket), and writes it to stdout as it comes. */
export function writeProfile(session: Session, request: ProfileRequest): Promise<void> {
  const { socket, name, debug, seconds } = request;
  const query = seconds === undefined ? '' : `seconds=${Number(parseDuration(seconds)) / 1e9}&`;
  const path = `/debug/pprof/${name}?${query}debug=${debug}`;
  return writeBytes(session, debugBytes(socket, path, session.signal));
}
