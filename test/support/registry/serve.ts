import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { StoredContent } from './content.js';
import type { RecordedRequest } from './record.js';

/** Answers as distribution-spec says: content with its digest, ranges, 404 with an error code. */
export function serveContent(
  { method, target, headers }: Pick<RecordedRequest, 'method' | 'target' | 'headers'>,
  response: ServerResponse,
  content: StoredContent | undefined,
): void {
  if (target === '/v2/') return void response.writeHead(200).end();
  if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405).end();
  if (content === undefined) return sendError(response, 404, 'NOT_FOUND', 'not known here');
  const { bytes, mediaType } = content;
  const start = rangeStart(headers.range);
  if (start >= bytes.length && start > 0) return void response.writeHead(416).end();
  const rest = bytes.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-type': mediaType,
    'content-length': rest.length,
    'docker-content-digest': digestOf(bytes),
    ...(start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  response.end(method === 'HEAD' ? undefined : rest);
}

/** An error with the specification's JSON. */
export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}

/** The first byte that a Range header asks for. */
export function rangeStart(range: string | undefined): number {
  return Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
}

/** The sha256 digest of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
