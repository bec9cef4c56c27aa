import { request, type IncomingMessage } from 'node:http';
import { ContainerdError } from './errors.js';

const words: Readonly<Record<string, string>> = {
  ENOENT: 'connect: no such file or directory',
  ECONNREFUSED: 'connect: connection refused',
  EACCES: 'connect: permission denied',
  ENOTSOCK: 'connect: connection refused',
};

/**
 * GETs a path of a Go program's debug socket, such as containerd's, and gives the answer's bytes as they come: no more is
 * read than is taken.
 * @throws ContainerdError in Go's words where nothing listens, or the answer is none
 */
export async function* debugBytes(
  socket: string,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const url = `http://.${path}`;
  if (socket === '') throw failed(url, 'dial unix: missing address');
  let answer: IncomingMessage;
  try {
    answer = await get(socket, path, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw failed(url, problem(socket, error as NodeJS.ErrnoException), error);
  }
  try {
    if (answer.statusCode !== 200) {
      throw new ContainerdError(
        'unknown',
        `http get failed with status: ${answer.statusCode} ${answer.statusMessage}`,
      );
    }
    for await (const chunk of answer) yield chunk as Uint8Array;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof ContainerdError || (error as NodeJS.ErrnoException).code !== 'ECONNRESET')
      throw error;
    throw new ContainerdError('unavailable', `${url}: unexpected EOF`, { cause: error });
  } finally {
    answer.destroy();
  }
}

function get(socketPath: string, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path, signal, agent: false, headers: { host: '.' } })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

function failed(url: string, message: string, cause?: unknown): ContainerdError {
  return new ContainerdError('unavailable', `Get "${url}": ${message}`, {
    cause,
    hint: 'is debugging on? ([debug] address in the configuration)',
  });
}

function problem(socket: string, { code = '', message }: NodeJS.ErrnoException): string {
  if (code.startsWith('HPE_'))
    return 'net/http: HTTP/1.x transport connection broken: malformed HTTP response';
  return `dial unix ${socket}: ${words[code] ?? message}`;
}
