import { KindError } from './errors.js';
import { decodeJson } from './json-decode.js';
import { optionalString, requireObject } from './json-fields.js';

/** A piece of a process's output. */
export interface LogPiece {
  readonly stream: 'stdout' | 'stderr';
  /** RFC3339; undefined where the log has no times. */
  readonly time: string | undefined;
  readonly bytes: Uint8Array;
}

/** Bytes of a line that is still looked at as one. */
const maxLine = 1 << 20;

/** Cuts chunks into lines, each with its newline; the last may lack it, and one that is too long comes in parts. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
      const line = chunk.subarray(from, at + 1);
      yield rest.length === 0 ? line : Buffer.concat([rest, line]);
      rest = new Uint8Array();
      from = at + 1;
    }
    if (from < chunk.length) rest = Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length > maxLine) {
      yield rest;
      rest = new Uint8Array();
    }
  }
  if (rest.length > 0) yield rest;
}

/**
 * Reads a line of Kubernetes' logs, `2026-11-21T02:17:04.5Z stdout F text` (CRI, container logging); `P` says
 * that the text goes on in the next line. A line that is none is output as it stands.
 */
export function parseCriLine(line: Uint8Array): LogPiece {
  const head = Buffer.from(line.subarray(0, 128)).toString('latin1');
  const match =
    /^(\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([PF])(?::[^ ]{0,20})? /.exec(head);
  if (!match) return { stream: 'stdout', time: undefined, bytes: line };
  const [prefix, time, stream, tag] = match;
  const text = line.subarray(prefix.length);
  const bytes = tag === 'P' && text.at(-1) === 0x0a ? text.subarray(0, -1) : text;
  return { stream: stream === 'stderr' ? 'stderr' : 'stdout', time, bytes };
}

/** Reads a line of docker's json-file logs: `{"log":"text\n","stream":"stdout","time":"…"}`. */
export function parseJsonLine(line: Uint8Array): LogPiece {
  try {
    const record = requireObject(decodeJson(line), 'log line');
    const stream = optionalString(record, 'stream') === 'stderr' ? 'stderr' : 'stdout';
    return {
      stream,
      time: optionalString(record, 'time'),
      bytes: Buffer.from(optionalString(record, 'log') ?? ''),
    };
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    // Half a line, as dockerd leaves when the machine stops.
    return { stream: 'stdout', time: undefined, bytes: line };
  }
}
