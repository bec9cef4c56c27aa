import { Headers } from './answer.js';
import type { PoolAnswer } from './pools.js';
import { redactHeader, redactUrl } from './redact.js';

/** A request's head as lines that can be shown, with an empty one at the end. */
export function requestLines(
  method: string,
  url: URL,
  headers: readonly (readonly [name: string, value: string])[],
): readonly string[] {
  const shown = new URL(redactUrl(url));
  const fields = headers.map(([name, value]) => redactHeader(name, value, url));
  return [`${method} ${shown.pathname}${shown.search} HTTP/1.1`, `Host: ${url.host}`, ...fields, ''];
}

/** An answer's head as lines that can be shown, with an empty one at the end. */
export function responseLines(raw: PoolAnswer, url: URL): readonly string[] {
  const fields = [...new Headers(Object.entries(raw.headers)).lines()];
  const first = `HTTP/1.1 ${raw.statusCode} ${raw.statusText}`.trim();
  return [first, ...fields.map(([name, value]) => redactHeader(name, value, url)), ''];
}
