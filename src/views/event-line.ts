import { decodeEvent } from '../client/event-types.js';
import type { Envelope } from '../client/events.js';
import { formatJson } from '../output/json.js';
import { safe } from '../output/safe.js';
import { formatGoTime } from '../output/time.js';
import { messageJson } from './message-json.js';

/** Why an event has no line. */
export interface UnknownEvent {
  readonly problem: string;
}

const never = { seconds: 0n, nanos: 0 };

/** `TIME NAMESPACE TOPIC {json}`: ctr's line of an event. */
export function eventLine({ timestamp, namespace, topic, event }: Envelope): string | UnknownEvent {
  let json = '';
  if (event) {
    let message: object | undefined;
    try {
      message = decodeEvent(event);
    } catch (error) {
      return { problem: `${event.typeUrl}: ${(error as Error).message}` };
    }
    if (!message) return { problem: `type with url ${event.typeUrl}: not found` };
    json = formatJson(messageJson(message), { terminalSafe: true });
  }
  return `${formatGoTime(timestamp ?? never)} ${safe(namespace)} ${safe(topic)} ${json}\n`;
}
