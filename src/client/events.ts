import { EventsDefinition as service } from '../gen/services/events/v1/events.js';
import type { Envelope } from '../gen/types/event.js';
import type { CallOptions, Caller } from './call.js';

export type { Envelope };

/** containerd.services.events.v1.Events. */
export class Events {
  constructor(private readonly caller: Caller) {}

  /** Events.Subscribe: what happens from now on, in all namespaces; filters are joined by OR. Ends only by its signal. */
  subscribe(filters: readonly string[], options?: CallOptions): AsyncGenerator<Envelope> {
    return this.caller.stream(service, service.methods.subscribe, { filters }, options);
  }
}
