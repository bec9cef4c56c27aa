import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { KindError } from '../../oci/errors.js';
import { decodeJson, type Json } from '../../oci/json-decode.js';
import { isExecutable } from '../find-program.js';

/** What a plugin is to do, and with what. */
export interface PluginCall {
  readonly command: 'ADD' | 'DEL';
  readonly type: string;
  readonly containerId: string;
  /** The path of a network namespace; empty where it is gone. */
  readonly netns: string;
  readonly interfaceName: string;
  /** JSON. */
  readonly input: string;
  readonly programs: readonly string[];
  readonly signal: AbortSignal;
}

/** Bytes of an answer; an honest one has some hundred. */
const maxAnswer = 1024 * 1024;

/**
 * Runs a CNI plugin, and gives the result that it printed, if any.
 * @throws KindError 'not found' where there is no such plugin, 'unavailable' with what it said where it failed
 */
export async function runPlugin(call: PluginCall): Promise<Json | undefined> {
  const { type, programs } = call;
  const file = programs.map((folder) => join(folder, type)).find(isExecutable);
  if (file === undefined) {
    throw new KindError(
      'not found',
      `failed to find plugin ${JSON.stringify(type)} in path [${programs.join(' ')}]`,
      { hint: 'install it there: Debian has containernetworking-plugins' },
    );
  }
  const { status, stdout, stderr } = await run(file, call);
  if (status === 0) return stdout.trim() === '' ? undefined : parse(stdout);
  throw new KindError('unavailable', complaint(stdout, stderr, status));
}

function run(
  file: string,
  call: PluginCall,
): Promise<{ readonly status: number | string; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [], {
      env: {
        ...process.env,
        CNI_COMMAND: call.command,
        CNI_CONTAINERID: call.containerId,
        CNI_NETNS: call.netns,
        CNI_IFNAME: call.interfaceName,
        CNI_ARGS: '',
        CNI_PATH: call.programs.join(':'),
      },
      signal: call.signal,
      killSignal: 'SIGKILL',
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        if (output[name].length > maxAnswer) child.kill('SIGKILL');
      });
    }
    child.stdin.on('error', () => undefined); // it need not read what it does not want to know
    child.stdin.end(call.input);
    child.on('error', (cause) => {
      const [kind, reason] = call.signal.aborted
        ? (['canceled', 'context canceled'] as const)
        : (['unavailable', cause.message] as const);
      reject(new KindError(kind, reason, { cause }));
    });
    child.on('close', (code, signal) => resolve({ status: code ?? signal ?? 'unknown', ...output }));
  });
}

function parse(text: string): Json {
  try {
    return decodeJson(text);
  } catch (cause) {
    throw new KindError('data loss', `its answer is no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** A plugin tells on stdout what went wrong; one that crashed does not. */
function complaint(stdout: string, stderr: string, status: number | string): string {
  try {
    const answer = decodeJson(stdout);
    if (answer instanceof Map) {
      const [message, details] = ['msg', 'details'].map((key) =>
        (answer as ReadonlyMap<string, Json>).get(key),
      );
      if (typeof message === 'string' && message !== '') {
        return typeof details === 'string' && details !== '' ? `${message}; ${details}` : message;
      }
    }
  } catch {
    // no answer: what is on stderr will do
  }
  const said = stdout.trim() === '' ? stderr : stdout;
  return said.trim() === ''
    ? `netplugin failed with no error message: exit status ${status}`
    : `netplugin failed: ${JSON.stringify(said)}`;
}
