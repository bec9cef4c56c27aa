import { TasksDefinition } from '../../../src/gen/services/tasks/v1/tasks.js';
import type { Metric } from '../../../src/gen/types/metrics.js';
import { Status } from '../../../src/gen/types/task/task.js';
import { fieldsOf, matcher } from './filter.js';
import { service, type FakeService } from './handlers.js';
import { checkIdentifier } from './identifiers.js';
import { Process, type Script } from './process.js';
import { alreadyExists, notFound, Refusal, unknown } from './refusal.js';
import type { State } from './state.js';

/** How the processes of a test behave: by container id, or `container/exec`. */
export type Scripts = Map<string, Script>;

/** containerd.services.tasks.v1.Tasks. */
export function tasks(state: State, scripts: Scripts, counters: () => readonly Metric[]): FakeService {
  let pids = 1000;
  const containerOf = (namespace: string, id: string): void => {
    if (state.read(namespace).containers.has(id)) return;
    throw notFound(`container "${id}" in namespace "${namespace}": not found`);
  };
  const find = (namespace: string, containerId: string, execId = ''): Process => {
    containerOf(namespace, containerId);
    const init = state.read(namespace).tasks.get(containerId);
    if (!init) throw notFound(`task ${containerId} not found`);
    if (execId === '') return init;
    const exec = init.execs.get(execId);
    if (!exec) throw notFound(`process does not exist ${execId}: not found`);
    return exec;
  };
  const listed = (namespace: string): [string, Process][] =>
    [...state.read(namespace).tasks].sort(([a], [b]) => (a < b ? -1 : 1));
  return service(TasksDefinition, {
    create({ containerId, stdin, stdout, stderr, terminal }, { namespace }) {
      containerOf(namespace, containerId);
      const { tasks } = state.write(namespace);
      if (tasks.has(containerId)) throw alreadyExists(`task ${containerId}: already exists`);
      const stdio = { stdin, stdout, stderr, terminal };
      const script = scripts.get(containerId) ?? {};
      const init = new Process({
        id: containerId,
        isExec: false,
        stdio,
        pid: ++pids,
        script,
        clock: state.clock,
      });
      tasks.set(containerId, init);
      return { containerId, pid: init.pid };
    },
    start: ({ containerId, execId }, { namespace }) => ({
      pid: find(namespace, containerId, execId).start(),
    }),
    delete({ containerId }, { namespace }) {
      const init = find(namespace, containerId);
      const deleted = inContext('failed to delete task: ', () => init.delete());
      state.read(namespace).tasks.delete(containerId);
      return { id: '', ...deleted };
    },
    deleteProcess({ containerId, execId }, { namespace }) {
      const deleted = find(namespace, containerId, execId).delete();
      find(namespace, containerId).execs.delete(execId);
      return { id: execId, ...deleted };
    },
    get: ({ containerId, execId }, { namespace }) => ({
      process: find(namespace, containerId, execId).wire(),
    }),
    list: (_request, { namespace }) => ({ tasks: listed(namespace).map(([, init]) => init.wire()) }),
    kill({ containerId, execId, signal, all }, { namespace }) {
      const process = find(namespace, containerId, execId);
      if (!all || process.status !== Status.STOPPED) process.kill(signal);
      return {};
    },
    exec({ containerId, execId, stdin, stdout, stderr, terminal }, { namespace }) {
      const init = find(namespace, containerId);
      checkIdentifier(execId, `invalid exec id ${execId}: `);
      if (init.status === Status.STOPPED) throw unknown('cannot exec in a stopped state');
      if (init.execs.has(execId)) throw alreadyExists(`id ${execId}: already exists`);
      const stdio = { stdin, stdout, stderr, terminal };
      const script = scripts.get(`${containerId}/${execId}`) ?? scripts.get(`${containerId}/*`) ?? {};
      init.execs.set(
        execId,
        new Process({ id: execId, isExec: true, stdio, pid: ++pids, script, clock: state.clock }),
      );
      return {};
    },
    resizePty({ containerId, execId }, { namespace }) {
      find(namespace, containerId, execId);
      return {};
    },
    closeIO({ containerId, execId }, { namespace }) {
      find(namespace, containerId, execId);
      return {};
    },
    pause({ containerId }, { namespace }) {
      find(namespace, containerId).pause();
      return {};
    },
    resume({ containerId }, { namespace }) {
      find(namespace, containerId).resume();
      return {};
    },
    listPids({ containerId }, { namespace }) {
      const init = find(namespace, containerId);
      const running = [init, ...init.execs.values()].filter(
        ({ status, pid }) => status !== Status.STOPPED && pid > 0,
      );
      return { processes: running.map(({ pid }) => ({ pid, info: undefined })) };
    },
    metrics({ filters }, { namespace }) {
      const matches = matcher(filters);
      const has = (id: string): boolean => state.read(namespace).tasks.has(id);
      return { metrics: counters().filter(({ id }) => has(id) && matches(fieldsOf({ id }))) };
    },
    wait: ({ containerId, execId }, { namespace }) => find(namespace, containerId, execId).wait(),
  });
}

/** Words that the task service puts before the shim's. */
function inContext<T>(words: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.code, `${words}${error.message}`) : error;
  }
}
