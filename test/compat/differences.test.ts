import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CompatCase } from '../support/compat/case.js';
import { archiveCases } from './cases/archive.js';
import { checkpointCases } from './cases/checkpoint.js';
import { containerCases } from './cases/container.js';
import { contentCases } from './cases/content.js';
import { createCases } from './cases/create.js';
import { daemonCases } from './cases/daemon.js';
import { eventCases } from './cases/event.js';
import { globalCases } from './cases/global.js';
import { imageCases } from './cases/image.js';
import { imageMoreCases } from './cases/image-more.js';
import { installCases } from './cases/install.js';
import { leaseCases } from './cases/lease.js';
import { limitCases } from './cases/limits.js';
import { mountCases } from './cases/mount.js';
import { namespaceCases } from './cases/namespace.js';
import { ociCases } from './cases/oci.js';
import { pluginMoreCases } from './cases/plugin-more.js';
import { pprofCases } from './cases/pprof.js';
import { pushCases } from './cases/push.js';
import { registryCases } from './cases/registry.js';
import { runCases } from './cases/run.js';
import { sandboxCases } from './cases/sandbox.js';
import { shimCases } from './cases/shim.js';
import { snapshotCases } from './cases/snapshot.js';
import { taskCases } from './cases/task.js';
import { known } from './differences/all.js';

const topics: readonly (readonly [string, readonly CompatCase[]])[] = [
  ['archive', archiveCases],
  ['checkpoint', checkpointCases],
  ['container', containerCases],
  ['content', contentCases],
  ['create', createCases],
  ['daemon', daemonCases],
  ['event', eventCases],
  ['global', globalCases],
  ['image', imageCases],
  ['image-more', imageMoreCases],
  ['install', installCases],
  ['lease', leaseCases],
  ['limits', limitCases],
  ['mount', mountCases],
  ['namespace', namespaceCases],
  ['oci', ociCases],
  ['plugin-more', pluginMoreCases],
  ['pprof', pprofCases],
  ['push', pushCases],
  ['registry', registryCases],
  ['run', runCases],
  ['sandbox', sandboxCases],
  ['shim', shimCases],
  ['snapshot', snapshotCases],
  ['task', taskCases],
];
const cases = topics.flatMap(([, subjects]) => subjects);

// A case that names a difference fails where the difference is not there; these see to it that a case does.
describe('differences', () => {
  const shown = new Set(
    cases.flatMap(({ differs = [] }) => differs.map((item) => (typeof item === 'string' ? item : item.name))),
  );

  test('each is shown by a case', () => {
    expect([...known.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  test('each that a case names is known', () => {
    expect([...shown].filter((name) => !known.has(name))).toEqual([]);
  });

  test('each file is in the list', () => {
    const files = readdirSync(new URL('differences', import.meta.url)).filter((file) => file !== 'all.ts');
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual([...known.keys()].sort());
  });
});

describe('cases', () => {
  test.each(topics)('of %s have names of their own', (_, subjects) => {
    const names = subjects.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('of every topic are here', () => {
    const files = readdirSync(new URL('cases', import.meta.url)).filter((file) => file !== 'setup.ts');
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(topics.map(([name]) => name));
  });
});
