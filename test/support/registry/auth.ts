import type { Fault } from './registry.js';

/** Asks for a name and a password on every request that has them not. */
export function requireBasic(user: string, password: string): Fault {
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return ({ request, response }) => {
    if (request.headers.authorization === wanted) return 'pass';
    response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
    return undefined;
  };
}

interface BearerOptions {
  readonly realm: string;
  readonly service?: string;
  /** Tells whether a token is good now. */
  readonly accepts: (token: string) => boolean;
  /** Put into the challenge for a token that is not good. */
  readonly error?: string;
}

/** Asks for a token of a realm. */
export function requireBearer({ realm, service = 'test', accepts, error }: BearerOptions): Fault {
  return ({ request, response }) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined && accepts(token)) return 'pass';
    const repository = /^\/v2\/(.+)\/(?:manifests|blobs)\//.exec(request.target)?.[1] ?? '';
    const why = token === undefined || error === undefined ? '' : `,error="${error}"`;
    const challenge = `Bearer realm="${realm}",service="${service}",scope="repository:${repository}:pull"${why}`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
    return undefined;
  };
}

interface TokenOptions {
  /** Gives the next token. */
  readonly issue: () => string;
  /** Without it the server is for everyone. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Takes OAuth's POST. */
  readonly takesPost?: boolean;
  readonly expiresIn?: number;
}

/** A token server's behaviour, to be put under a path of any registry. */
export function tokenServer({ issue, login, takesPost = true, expiresIn }: TokenOptions): Fault {
  return ({ request, response }) => {
    const life = expiresIn === undefined ? {} : { expires_in: expiresIn };
    if (request.method === 'POST') {
      if (!takesPost) return void response.writeHead(405).end();
      const form = new URLSearchParams(request.body);
      const isGood = form.get('username') === login?.user && form.get('password') === login?.password;
      if (login !== undefined && !isGood) return void response.writeHead(401).end();
      return void response.end(JSON.stringify({ access_token: issue(), ...life }));
    }
    const basic = `Basic ${Buffer.from(`${login?.user}:${login?.password}`).toString('base64')}`;
    if (login !== undefined && request.headers.authorization !== basic)
      return void response.writeHead(401).end();
    response.end(JSON.stringify({ token: issue(), ...life }));
    return undefined;
  };
}
