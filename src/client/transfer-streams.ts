import { Progress } from '../gen/types/transfer/progress.js';
import { AuthRequest, AuthResponse, AuthType } from '../gen/types/transfer/registry.js';
import { pack, unpack, type Any } from './typeurl.js';

/** One word of the daemon on a progress stream; undefined for another payload. */
export function unpackProgress(any: Any): Progress | undefined {
  return unpack(Progress, any);
}

/** The daemon asks on an auth stream for the login of a host. */
export function unpackAuthRequest(any: Any): AuthRequest | undefined {
  return unpack(AuthRequest, any);
}

/** A login for the daemon: user and password, a refresh token, or nothing. */
export type AuthAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'refresh-token'; readonly token: string };

/** The answer on an auth stream. */
export function packAuthAnswer(answer: AuthAnswer): Any {
  const message = { authType: AuthType.NONE, secret: '', username: '', expireAt: undefined };
  switch (answer.kind) {
    case 'none':
      return pack(AuthResponse, message);
    case 'password':
      return pack(AuthResponse, {
        ...message,
        authType: AuthType.CREDENTIALS,
        username: answer.username,
        secret: answer.password,
      });
    case 'refresh-token':
      return pack(AuthResponse, { ...message, authType: AuthType.REFRESH, secret: answer.token });
  }
}
