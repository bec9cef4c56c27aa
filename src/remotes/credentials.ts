/** What proves who the user is. `toString` of it must never be printed. */
export type Credential =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** Exchanged for access tokens (docker's identity token, ctr's `--refresh`). */
  | { readonly kind: 'refresh-token'; readonly username: string; readonly token: string }
  /** Sent to the registry as it is. */
  | { readonly kind: 'bearer'; readonly token: string };

/** Knows credentials by registry. */
export interface CredentialSource {
  /** The user named a login on the command line; it must not travel in clear unasked. */
  readonly isExplicit: boolean;
  /** @param host of the reference, `docker.io` or `host:port`; or a mirror's own */
  find(host: string, signal: AbortSignal): Promise<Credential | undefined>;
}

/** Anonymous everywhere. */
export const noCredentials: CredentialSource = { isExplicit: false, find: () => Promise.resolve(undefined) };

interface StaticLogin {
  /** The registry of the reference: nobody else is sent the login. */
  readonly host: string;
  /** `name:password`, as `-u` takes it. */
  readonly user?: string;
  /** ctr's `--refresh`: it goes before the password. */
  readonly refreshToken?: string;
}

/**
 * The login of `-u` or `--refresh`, for one registry. ctr gives it to every host that asks, even behind a redirect.
 */
export function staticCredentials({ host, user = '', refreshToken = '' }: StaticLogin): CredentialSource {
  const colon = user.indexOf(':');
  const username = colon > 0 ? user.slice(0, colon) : user;
  const password = colon > 0 ? user.slice(colon + 1) : '';
  const login = toCredential(username, password, refreshToken);
  return {
    isExplicit: login !== undefined,
    find: (asked) => Promise.resolve(asked === host ? login : undefined),
  };
}

/** Asks several sources; the first that knows a host answers. */
export function firstOf(sources: readonly CredentialSource[]): CredentialSource {
  return {
    isExplicit: sources.some(({ isExplicit }) => isExplicit),
    async find(host, signal) {
      for (const source of sources) {
        const credential = await source.find(host, signal);
        if (credential !== undefined) return credential;
      }
      return undefined;
    },
  };
}

function toCredential(username: string, password: string, token: string): Credential | undefined {
  if (token !== '') return { kind: 'refresh-token', username: '', token };
  return username === '' || password === '' ? undefined : { kind: 'password', username, password };
}
