import type { Clock } from './clock.js';
import type { CredentialSource } from './credentials.js';
import type { Listener, RemoteEvent } from './events.js';
import type { Limits } from './limits.js';
import type { Transport } from './http/transport.js';

/** What the parts of one remote share. */
export interface Services {
  readonly transport: Transport;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: Limits;
  readonly plainHttp: boolean;
  readonly authRealms: readonly string[];
  readonly onEvent: Listener<RemoteEvent>;
  readonly signal: AbortSignal;
}
