import { spawn } from 'node:child_process';
import { KindError } from '../../oci/errors.js';
import { errorCode } from '../go-file-error.js';

/** What a docker credential helper answered. */
export interface HelperLogin {
  readonly username: string;
  readonly secret: string;
}

interface HelperRequest {
  /** `desktop` for the program `docker-credential-desktop`. */
  readonly name: string;
  /** The key that docker login stored under. */
  readonly serverUrl: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** 30 s by default. */
  readonly timeoutMs?: number;
}

const longestAnswer = 1 << 20;
// docker-credential-helpers' protocol has no other sign for "never logged in there".
const notFound = /^credentials not found in native keychain/;

/**
 * Asks a credential helper (docker-credential-helpers' `get`): the server on stdin, JSON on stdout, no shell.
 * Undefined if it knows no login.
 * @throws KindError; never with what the helper wrote, for that may be the secret
 */
export async function askHelper({
  name,
  serverUrl,
  env,
  signal,
  timeoutMs = 30_000,
}: HelperRequest): Promise<HelperLogin | undefined> {
  if (!/^[\w.-]+$/.test(name))
    throw new KindError('invalid argument', 'credential helper has an invalid name');
  const program = `docker-credential-${name}`;
  const { status, stdout } = await run(program, serverUrl, {
    env,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw helperError(program, cause, timeoutMs);
  });
  if (status !== 0) {
    if (notFound.test(stdout.trim())) return undefined;
    throw new KindError('unavailable', `${program} failed with status ${status ?? 'unknown'}`);
  }
  const login = parseLogin(stdout);
  if (login === undefined) throw new KindError('unavailable', `${program} gave no login that can be read`);
  return login;
}

interface HelperResult {
  readonly status: number | null;
  readonly stdout: string;
}

function run(
  program: string,
  input: string,
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<HelperResult> {
  return new Promise((resolve, reject) => {
    // An absolute search path only: a relative entry would run whatever lies in the current directory.
    const path = (env['PATH'] ?? '').split(':').filter((entry) => entry.startsWith('/'));
    const child = spawn(program, ['get'], {
      env: { ...env, PATH: path.join(':') },
      stdio: ['pipe', 'pipe', 'ignore'],
      signal,
      killSignal: 'SIGKILL',
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > longestAnswer) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout: Buffer.concat(chunks).toString('utf8') }));
    // A helper may answer without reading.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function helperError(program: string, cause: unknown, timeoutMs: number): KindError {
  if (errorCode(cause) === 'ENOENT')
    return new KindError('not found', `${program} is not in the PATH`, { cause });
  if (errorCode(cause) === 'ABORT_ERR') {
    return new KindError('deadline exceeded', `${program} gave no answer in ${timeoutMs / 1000} s`, {
      cause,
    });
  }
  return new KindError('unavailable', `${program} cannot be run`, { cause });
}

function parseLogin(text: string): HelperLogin | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return undefined;
    const { Username: username, Secret: secret } = answer as Readonly<Record<string, unknown>>;
    return typeof username === 'string' && typeof secret === 'string' ? { username, secret } : undefined;
  } catch {
    // Not JSON; what it is instead could be the secret and is not repeated.
    return undefined;
  }
}
