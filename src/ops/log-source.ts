import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import type { Process } from '../client/tasks.js';
import { decodeJson } from '../oci/json-decode.js';
import { optionalObject, optionalString, requireObject } from '../oci/json-fields.js';
import { KindError } from '../oci/errors.js';
import { dockerRecordOf, ownerOf } from './container-owner.js';
import { taskLogFile } from './task-log.js';

/** Where a container's output is kept, and in which form. */
export interface LogSource {
  readonly format: 'plain' | 'cri' | 'json';
  readonly file: string;
}

/**
 * Finds where a container's output is kept: Kubernetes' log, docker's or nerdctl's json-file, or the file that
 * the task was given.
 * @throws KindError 'failed precondition' where it is kept nowhere, or by something else; it says where it goes
 */
export function logSource(client: Client, container: Container, task: Process | undefined): LogSource {
  const { id, labels } = container;
  const owner = ownerOf(container);
  if (owner === 'kubernetes') return criLog(container);
  if (owner === 'docker') {
    const log = dockerRecordOf(container)?.log;
    if (log === undefined) throw nowhere(id, 'dockerd keeps it, and not in a json-file: use docker logs');
    return { format: 'json', file: log };
  }
  const file = fileOf(task?.stdout ?? '');
  if (file !== undefined) return { format: 'plain', file };
  const state = labels.get('nerdctl/state-dir');
  if (owner === 'nerdctl' && state?.startsWith('/') && basename(state) === id) {
    return { format: 'json', file: join(state, `${id}-json.log`) };
  }
  const own = taskLogFile({ namespace: client.namespace, id });
  if (existsSync(own)) return { format: 'plain', file: own };
  if (!task) throw nowhere(id, 'it has no task, and its output was not kept');
  throw nowhere(id, task.stdout === '' ? 'it goes nowhere' : `it goes to ${task.stdout}`);
}

function fileOf(uri: string): string | undefined {
  return uri.startsWith('file://') && URL.canParse(uri)
    ? decodeURIComponent(new URL(uri).pathname)
    : undefined;
}

function criLog({ id, extensions }: Container): LogSource {
  const metadata = extensions.get('io.cri-containerd.container.metadata');
  if (!metadata) throw nowhere(id, 'it is a sandbox, which has no output');
  const record = optionalObject(requireObject(decodeJson(metadata.value), 'metadata'), 'Metadata');
  const file = record && optionalString(record, 'LogPath');
  if (!file?.startsWith('/')) throw nowhere(id, 'Kubernetes was not told to keep it');
  return { format: 'cri', file };
}

function nowhere(id: string, why: string): KindError {
  return new KindError('failed precondition', `no log of ${id}: ${why}`);
}
