import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault, FaultContext } from './registry.js';
import { digestOf, rangeStart, sendError } from './serve.js';

/** Answers with a status, its headers and a body. */
export function status(code: number, headers: Record<string, string | string[]> = {}, body = ''): Fault {
  return ({ response }) => void response.writeHead(code, headers).end(body);
}

/** Answers with an error of the specification. */
export function apiError(code: number, name: string, message: string): Fault {
  return ({ response }) => sendError(response, code, name, message);
}

/** Sends the client elsewhere. */
export function redirect(location: string | ((target: string) => string), code = 307): Fault {
  return ({ request, response }) => {
    const to = typeof location === 'string' ? location : location(request.target);
    response.writeHead(code, { location: to }).end();
  };
}

/** A web page in place of an answer. */
export const webPage: Fault = status(
  200,
  { 'content-type': 'text/html; charset=utf-8' },
  '<html>log in</html>',
);

/** Cuts the connection with a TCP reset before any answer. */
export const resetAtOnce: Fault = ({ response }) => void response.socket?.resetAndDestroy();

/** Closes the connection before any answer. */
export const closeAtOnce: Fault = ({ response }) => void response.socket?.destroy();

/** Never answers. */
export const hang: Fault = () => undefined;

/** Declares the whole content, sends some of it, then resets, closes or stalls. */
export function cutAfter(count: number, how: 'reset' | 'close' | 'stall'): Fault {
  return async (context) => {
    const { response } = context;
    const rest = begin(context);
    await write(response, rest.subarray(0, count));
    if (how === 'reset') response.socket?.resetAndDestroy();
    if (how === 'close') response.socket?.end();
  };
}

/** Ends a chunked body in order, but too early. */
export function endAfter(count: number): Fault {
  return (context) => {
    const rest = begin(context, { chunked: true });
    context.response.end(rest.subarray(0, count));
  };
}

/** Sends slowly: `count` bytes every `ms`. */
export function drip(count: number, ms: number): Fault {
  return (context) => {
    const rest = begin(context);
    let at = 0;
    const timer = setInterval(() => {
      if (at >= rest.length || context.response.destroyed) {
        clearInterval(timer);
        context.response.end();
        return;
      }
      context.response.write(rest.subarray(at, (at += count)));
    }, ms);
  };
}

/** The right number of bytes with one of them wrong. */
export function corruptAt(offset: number): Fault {
  return (context) => {
    const rest = Buffer.from(begin(context));
    rest[offset] = (rest[offset] ?? 0) ^ 0xff;
    context.response.end(rest);
  };
}

/** The content and then more: some bytes, or without end until the client leaves. */
export function tooLong(extra: number | 'endless'): Fault {
  return (context) => {
    const { response } = context;
    response.write(begin(context, { chunked: true }));
    if (extra !== 'endless') return void response.end(Buffer.alloc(extra));
    const pump = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 << 10)));
      if (!response.destroyed) response.once('drain', pump);
    };
    pump();
  };
}

/** The content compressed on the way, as some proxies do. */
export function encoded(encoding: 'gzip' | 'br'): Fault {
  return ({ content, response }) => {
    const bytes = gzipSync(content?.bytes ?? '');
    response.writeHead(200, { 'content-type': content?.mediaType ?? '', 'content-encoding': encoding });
    response.end(bytes);
  };
}

/** The content with headers changed; `undefined` takes one away. */
export function withHeaders(changes: Readonly<Record<string, string | undefined>>): Fault {
  return ({ content, request, response }) => {
    if (content === undefined) return 'pass';
    const headers: Record<string, string | number | undefined> = {
      'content-type': content.mediaType,
      'content-length': content.bytes.length,
      'docker-content-digest': digestOf(content.bytes),
      ...changes,
    };
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) response.setHeader(name, value);
    response.writeHead(200);
    if (headers['content-length'] === undefined) response.flushHeaders();
    response.end(request.method === 'HEAD' ? undefined : content.bytes);
    return undefined;
  };
}

/** Answers a Range with the whole and 200. */
export const ignoreRange: Fault = ({ content, request, response }) => {
  if (request.headers.range === undefined || content === undefined) return 'pass';
  response.writeHead(200, { 'content-length': content.bytes.length }).end(content.bytes);
  return undefined;
};

/** Answers a Range with a part that was not asked for. */
export const wrongRange: Fault = ({ content, request, response }) => {
  if (request.headers.range === undefined || content === undefined) return 'pass';
  const { length } = content.bytes;
  response.writeHead(206, { 'content-range': `bytes 0-${length - 1}/${length}`, 'content-length': length });
  response.end(content.bytes);
  return undefined;
};

function begin({ content, request, response }: FaultContext, { chunked = false } = {}): Buffer {
  const bytes = content?.bytes ?? Buffer.alloc(0);
  const start = rangeStart(request.headers.range);
  const rest = bytes.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-type': content?.mediaType ?? '',
    ...(chunked ? {} : { 'content-length': rest.length }),
    ...(start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  return rest;
}

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  response.flushHeaders();
  return new Promise((resolve) => {
    // Time for the bytes to reach the client, which a reset would take back.
    response.write(bytes, () => setTimeout(resolve, 20));
  });
}
