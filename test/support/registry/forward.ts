import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Fault } from './registry.js';

/** Has a plain-http registry answer, at `host:port`; what it says of itself leads back to the one in front. */
export function forwardTo(host: string): Fault {
  return async ({ request: asked, response }) => {
    const outgoing = request(`http://${host}${asked.target}`, {
      method: asked.method,
      headers: { ...asked.headers, 'x-forwarded-proto': 'https' },
    });
    outgoing.end(asked.bytes);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.end(await buffer(answer));
  };
}
