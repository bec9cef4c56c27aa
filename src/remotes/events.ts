/** What a remote tells its caller while it works; texts are untrusted. */
export type RemoteEvent =
  /** A host did not serve; ctr: `trying next host` or, on the last one, `fetch failed`. */
  | {
      readonly type: 'host-failed';
      readonly host: string;
      readonly last: boolean;
      readonly method: string;
      readonly url: string;
      readonly error?: string;
      /** `404 Not Found`; absent where no answer came. */
      readonly status?: string;
    }
  | {
      readonly type: 'retry';
      readonly host: string;
      readonly reason: string;
      /** The try that comes next; the first one is 1. */
      readonly attempt: number;
      readonly delayMs: number;
    }
  /** A download was cut and goes on from `offset`. */
  | { readonly type: 'resume'; readonly host: string; readonly offset: number; readonly reason: string }
  /** A loopback registry is tried over https first, as ctr since 1.7 does. */
  | { readonly type: 'https-first'; readonly host: string }
  /** That registry turned out to speak plain http. */
  | { readonly type: 'http-fallback'; readonly host: string }
  /** The registry's own warning (RFC 7234 `Warning: 299`). */
  | { readonly type: 'warning'; readonly host: string; readonly text: string };

/** One line of `--http-dump`, or one step of `--http-trace`; secrets are redacted. */
export type HttpEvent =
  | { readonly type: 'request' | 'response'; readonly lines: readonly string[] }
  | {
      readonly type: 'connected';
      readonly host: string;
      readonly address: string;
      readonly protocol: string;
    };

/** Takes events; must not throw. */
export type Listener<Event> = (event: Event) => void;
