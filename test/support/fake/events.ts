import { EventEmitter, on } from 'node:events';
import { EventsDefinition } from '../../../src/gen/services/events/v1/events.js';
import type { Envelope } from '../../../src/gen/types/event.js';
import { service, type FakeService } from './handlers.js';

/** The daemon's event exchange. */
export class Exchange {
  private readonly emitter = new EventEmitter();

  publish(envelope: Envelope): void {
    this.emitter.emit('event', envelope);
  }

  async *subscribe(signal: AbortSignal): AsyncGenerator<Envelope> {
    for await (const [envelope] of on(this.emitter, 'event', { signal })) yield envelope as Envelope;
  }
}

/** containerd.services.events.v1.Events: what tests publish, unfiltered. */
export function events(exchange: Exchange): FakeService {
  return service(EventsDefinition, {
    publish: () => ({}),
    subscribe: (_request, { signal }) => exchange.subscribe(signal),
  });
}
