import { expect, test } from '@jest/globals';
import type { Container } from '../../../src/client/containers.js';
import { packJson, typeUrls } from '../../../src/client/typeurl.js';
import { recordContainer } from '../../../src/ops/record-container.js';
import { timestampOf } from '../../../src/output/time.js';
import { containerOf } from '../../support/container.js';
import { clientEachTest } from '../../support/fake/client-each-test.js';
import { failure } from '../../support/registry/test-remote.js';

const bench = clientEachTest();
const made = () => [...bench.fake.state.read('default').containers.keys()];
const live = new AbortController().signal;
const container = containerOf('web', { spec: packJson(typeUrls.spec, '{"process":{"args":["web"]}}') });
const record = (signal = live): Promise<Container> => recordContainer(bench.client, container, signal);

test('a container is recorded', async () => {
  expect((await record()).createdAt).toBeDefined();
  expect(made()).toEqual(['web']);
});

test('one that is interrupted while the daemon makes it is taken back', async () => {
  bench.fake.fault({ method: 'Containers.Create', after: true }, { kind: 'delay', ms: 200 });
  const reason = new Error('interrupted');
  const stop = new AbortController();
  const recording = failure(record(stop.signal));
  while (made().length === 0) await new Promise((go) => setTimeout(go, 5));
  stop.abort(reason);
  expect(await recording).toBe(reason);
  expect(made()).toEqual([]);
});

test('one that was there before stays, interrupted or not', async () => {
  await record();
  const reason = await failure(record(AbortSignal.abort(new Error('interrupted'))));
  expect(reason).toMatchObject({ kind: 'already exists' });
  expect(made()).toEqual(['web']);
});

test('one whose answer was lost is taken back', async () => {
  bench.fake.fault({ method: 'Containers.Create', after: true }, { kind: 'cut' });
  expect(await failure(record())).toMatchObject({ kind: 'unavailable' });
  expect(bench.fake.calls.of('Containers.Delete')).toHaveLength(1);
  expect(made()).toEqual([]);
});

test('an older one of the same id and the same spec is not taken for it', async () => {
  bench.fake.state.clock = () => timestampOf(Date.now() - 1000);
  await record();
  bench.fake.fault({ method: 'Containers.Create' }, { kind: 'cut' });
  expect(await failure(record())).toMatchObject({ kind: 'unavailable' });
  expect(made()).toEqual(['web']);
});

test('neither is one with another spec', async () => {
  bench.fake.fault({ method: 'Containers.Create', after: true }, { kind: 'cut' });
  const { containers } = bench.fake.state.write('default');
  const other = { ...container, spec: packJson(typeUrls.spec, '{}') };
  const recording = failure(record());
  while (made().length === 0) await new Promise((go) => setImmediate(go));
  containers.set('web', { ...containers.get('web')!, spec: other.spec });
  expect(await recording).toMatchObject({ kind: 'unavailable' });
  expect(made()).toEqual(['web']);
});
