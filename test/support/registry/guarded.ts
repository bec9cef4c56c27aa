import { requireBasic, requireBearer, tokenServer } from './auth.js';
import { makeCertificates } from './certificates.js';
import { forwardTo } from './forward.js';
import { startRegistry } from './registry.js';

/** Two ways over TLS into a plain-http registry, one for each way to show who one is. */
export interface GuardedRegistries {
  /**
   * - `login`: host:port of what asks for `user`, by a certificate of an authority that is given with `ca`;
   * - `token`: host:port of what asks for the client's certificate, `cert` and `key`, and for a token, which its token
   *   server has for the refresh token `refresh`.
   */
  readonly places: Readonly<
    Record<'login' | 'token' | 'account' | 'refresh' | 'ca' | 'cert' | 'key', string>
  >;
  close(): Promise<void>;
}

/** Opens both ways to the registry at `host:port`. */
export async function guard(registry: string): Promise<GuardedRegistries> {
  const certificates = await makeCertificates();
  const { ca, caFile, good, client } = certificates;
  const [account, refresh, token, door] = ['ann:swordfish', 'refreshing', 'a-token', 'green'];

  const byLogin = await startRegistry({ tls: good });
  byLogin.on({}, requireBasic(...(account.split(':') as [string, string])));
  byLogin.on({}, forwardTo(registry));

  const byToken = await startRegistry({ tls: { ...good, ca, requestCert: true } });
  byToken.on({ path: '/token' }, ({ request, response }) => {
    if (new URLSearchParams(request.body).get('refresh_token') === refresh) return 'pass';
    return void response.writeHead(401).end();
  });
  byToken.on({ path: '/token' }, tokenServer({ issue: () => token }));
  byToken.on({ path: /^\/v2\// }, ({ request, response }) => {
    if (request.headers['x-door'] === door) return 'pass';
    return void response.writeHead(403).end();
  });
  byToken.on({}, requireBearer({ realm: `${byToken.url}/token`, accepts: (one) => one === token }));
  byToken.on({}, forwardTo(registry));

  return {
    places: {
      ...{ login: byLogin.host, token: byToken.host, account, refresh, door },
      ...{ ca: caFile, cert: client.certFile, key: client.keyFile },
    },
    async close() {
      await Promise.all([byLogin.close(), byToken.close(), certificates.remove()]);
    },
  };
}
