import type { Client } from '../client/client.js';
import { packAuthAnswer, unpackAuthRequest, type AuthAnswer } from '../client/transfer-streams.js';
import { streamId } from '../client/streaming.js';

/** Looks up the login for a registry. */
export type Login = (host: string, signal: AbortSignal) => Promise<AuthAnswer>;

/** The stream on which the daemon asks for logins. */
export interface AuthStream {
  readonly id: string;
  readonly close: () => void;
}

/**
 * Answers the daemon's questions for a login. Only the registry of the reference gets one: the daemon
 * passes on whichever host a redirect or a realm has led it to.
 */
export async function answerAuthRequests(
  client: Client,
  options: { readonly host: string; readonly login: Login; readonly signal: AbortSignal },
): Promise<AuthStream> {
  const { host, login, signal } = options;
  const id = streamId('creds');
  const stream = await client.streaming.open(id, { signal });
  void (async () => {
    for await (const any of stream) {
      const request = unpackAuthRequest(any);
      if (!request) continue;
      const ours = request.host === host || request.host === hubOf(host);
      await stream.send(packAuthAnswer(ours ? await login(host, signal) : { kind: 'none' }));
    }
  })().catch(() => stream.cancel()); // unanswered, the daemon's transfer fails with its own words
  return { id, close: () => stream.cancel() };
}

/** docker.io is served by another name. */
function hubOf(host: string): string {
  return host === 'docker.io' ? 'registry-1.docker.io' : host;
}
