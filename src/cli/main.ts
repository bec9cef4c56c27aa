import { parseGoFlags } from './argv/go-flags.js';
import { FlagValues } from './argv/flag-spec.js';
import type { CatalogNode } from './catalog.js';
import { dispatch, type Request } from './dispatch.js';
import { ExitError, HelpWanted, UsageError } from './errors.js';
import { globalSpecs, readGlobals } from './globals.js';
import type { Interrupts } from './interrupts.js';
import { report } from './report.js';
import { openSession } from './open-session.js';
import type { Env } from './session.js';
import type { Streams } from './streams.js';
import { safe } from '../output/safe.js';

/** What a run is given by bin/, or by a test. */
export interface Process {
  /** Without node and the script. */
  readonly argv: readonly string[];
  /** The name that tctr was invoked by. */
  readonly program: string;
  readonly version: string;
  readonly env: Env;
  readonly streams: Streams;
  readonly interrupts: Interrupts;
  readonly catalog: CatalogNode;
}

/** Runs one command line, and gives the exit status. Never throws. */
export async function main(proc: Process): Promise<number> {
  try {
    return await runLine(proc);
  } catch (error) {
    const reason: unknown = proc.interrupts.received ? proc.interrupts.signal.reason : error;
    const { stderr, status } = report(reason, proc.program);
    if (stderr !== '') proc.streams.stderr.write(stderr);
    return status;
  }
}

async function runLine(proc: Process): Promise<number> {
  const { catalog, env, streams } = proc;
  if (proc.argv.at(-1) === '--generate-bash-completion') return showCompletions(proc);
  let line;
  try {
    line = parseGoFlags(proc.argv, { specs: globalSpecs, interspersed: false });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const found = { node: catalog, path: [], typed: [], rest: [] };
    return show(proc, { kind: 'misuse', error, found });
  }
  if (line.values.get('version')?.at(-1) === 'true') {
    streams.stdout.write(`${proc.program} ${proc.version}\n`);
    return 0;
  }
  if (line.help) return show(proc, { kind: 'help', found: { node: catalog, path: [], typed: [], rest: [] } });
  const request = await dispatch(catalog, line.positionals, env);
  if (request.kind !== 'run') return show(proc, request);
  const values = FlagValues.of(line.values).fillFrom(env, globalSpecs).values;
  return runCommand(proc, request, values);
}

/** What could come next on the line; names are left out where the daemon does not answer soon. */
async function showCompletions(proc: Process): Promise<number> {
  const { complete, namesOf } = await import('./completion.js');
  const words = await complete({
    catalog: proc.catalog,
    words: proc.argv.slice(0, -1),
    env: proc.env,
    names: async (what, globals) => {
      const quick = { ...globals, timeout: patience, connectTimeout: patience };
      const { session, close } = openSession(proc, quick);
      try {
        return await namesOf(await session.client(), what);
      } catch {
        return []; // there is no place to say why
      } finally {
        await close();
      }
    },
  });
  proc.streams.stdout.write(words.map((word) => `${safe(word)}\n`).join(''));
  return 0;
}

/** Milliseconds that completion waits for the daemon. */
const patience = 1_000;

/** Runs the command in a session of its own, and closes what the session opened. */
async function runCommand(
  proc: Process,
  request: Extract<Request, { kind: 'run' }>,
  values: ReadonlyMap<string, readonly string[]>,
): Promise<number> {
  const { session, close } = openSession(proc, readGlobals(values));
  try {
    await new request.command(request.line, session).run();
    proc.interrupts.finish(0);
    await close();
    return 0;
  } catch (error) {
    if (error instanceof ExitError) proc.interrupts.finish(error.status);
    await close();
    const wanted = error instanceof HelpWanted;
    if (wanted || (error instanceof UsageError && error.showHelp)) {
      const { commandHelp } = await import('./help.js');
      proc.streams.stdout.write(commandHelp(proc.program, request.found, request.command));
    }
    if (wanted) return 0;
    throw error;
  }
}

/** Shows help: asked for, or, as ctr does, on stdout below what was wrong with the line. */
async function show(proc: Process, request: Exclude<Request, { kind: 'run' }>): Promise<number> {
  const { stdout, stderr } = proc.streams;
  const { commandHelp, rootHelp, topicHelp } = await import('./help.js');
  const { found, command } = request;
  const docker = command?.grammar === 'docker';
  const text = (): string => {
    if (command) return commandHelp(proc.program, found, command);
    return found.path.length === 0
      ? rootHelp(proc.program, proc.catalog)
      : topicHelp(proc.program, found, proc.catalog);
  };
  if (request.kind === 'help') {
    stdout.write(text());
    return 0;
  }
  if (!docker) stdout.write(`Incorrect Usage: ${request.error.message}\n\n${text()}`);
  const ending = report(request.error, proc.program);
  stderr.write(ending.stderr);
  if (docker) stderr.write(`See '${proc.program} ${found.typed.join(' ')} --help'.\n`);
  return docker && found.path.at(-1) === 'run' ? 125 : ending.status;
}
