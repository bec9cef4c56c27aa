/** What an answer holds of the content, judged by its status and Content-Range (RFC 9110, 14.4). */
export type ContentStart = { readonly start: number } | 'wrong';

/**
 * Tells at which offset an answer's body starts: 0 for a 200, since a server may ignore a Range; what Content-Range says
 * for a 206, unless it contradicts the wanted offset or size.
 */
export function contentStart(
  status: number,
  contentRange: string | undefined,
  wanted: { readonly offset: number; readonly size: number },
): ContentStart {
  if (status !== 206) return { start: 0 };
  // A 206 to a request without a Range is the whole all the same.
  if (contentRange === undefined) return wanted.offset === 0 ? { start: 0 } : 'wrong';
  const match = /^bytes (\d{1,16})-\d{1,16}\/(\d{1,16}|\*)$/.exec(contentRange.trim());
  if (match === null) return 'wrong';
  const [, start, total] = match;
  if (Number(start) !== wanted.offset) return 'wrong';
  return total === '*' || Number(total) === wanted.size ? { start: wanted.offset } : 'wrong';
}
