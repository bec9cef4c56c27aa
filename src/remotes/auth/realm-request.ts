import type { Answer } from '../http/answer.js';
import { retryRequest } from '../http/retry-request.js';
import type { Services } from '../services.js';
import type { TlsSettings } from '../tls-settings.js';
import type { TokenSend } from './token.js';

/** Sends a request to a token server, for as long as the remote lives: others may wait for the same token. */
export function sendToRealm(
  services: Services,
  request: Parameters<TokenSend>[0] & { readonly tls: TlsSettings },
): Promise<Answer> {
  const { transport, limits, signal } = services;
  // A login that was sent and not answered may have been counted: it is not posted again.
  const wish = { host: request.url.host, tries: limits.tries, signal, afterLoss: request.method !== 'POST' };
  return retryRequest(
    services,
    wish,
    () => transport.send({ ...request, signal }),
    (answer) => Promise.resolve(answer),
  );
}
