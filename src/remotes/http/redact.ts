const mark = 'REDACTED';

// Not only what is secret by its name: a registry may be given a key in any header of hosts.toml.
const openHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-ranges',
  'age',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'docker-content-digest',
  'docker-distribution-api-version',
  'etag',
  'expires',
  'host',
  'keep-alive',
  'last-modified',
  'oci-subject',
  'range',
  'retry-after',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  'user-agent',
  'vary',
  'via',
  'warning',
  'www-authenticate',
  'x-content-type-options',
]);

/** A URL that can be shown: no login, and no query values but `ns` (pre-signed URLs carry their signature there). */
export function redactUrl(url: URL): string {
  const shown = new URL(url);
  shown.hash = '';
  shown.username = '';
  shown.password = '';
  if (shown.search === '') return shown.href;
  const pairs = [...shown.searchParams].map(([name, value]) =>
    [name, name === 'ns' || name === 'service' || name === 'scope' ? value : mark]
      .map(encodeURIComponent)
      .join('='),
  );
  shown.search = pairs.join('&');
  return shown.href;
}

/** A header line that can be shown, its name as HTTP/1.1 spells it; values that may be a secret are hidden. */
export function redactHeader(field: string, value: string, base: URL): string {
  const lower = field.toLowerCase();
  const name = lower.replaceAll(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
  if (openHeaders.has(lower)) return `${name}: ${value}`;
  if (lower === 'location' && URL.canParse(value, base.href))
    return `${name}: ${redactUrl(new URL(value, base))}`;
  const scheme = lower === 'authorization' ? /^(?:Basic|Bearer) /.exec(value)?.[0] : undefined;
  return `${name}: ${scheme ?? ''}${mark}`;
}
