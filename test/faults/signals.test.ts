import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { ctr, endedBy, randomNumbers, start, tctr, twoAtATime, type Place } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { buildImage } from '../support/registry/content.js';
import { drip } from '../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../support/registry/registry.js';

const limit = 180_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
/** How often each family is interrupted on each daemon, and how many of those there are between two audits. */
const [rounds, batch] = [Number(process.env['TCTR_SIGNAL_ROUNDS'] ?? 16), 16];

describe.each(daemonRows())('signals at random moments on containerd %s', (version, daemon) => {
  let place: Place;
  let registry: TestRegistry;
  let before: Audit;
  let box: string;

  beforeAll(async () => {
    registry = await startRegistry();
    place = await makePlace(daemon, 'sig');
    box = `${place.namespace}-box`;
    await ctr(place, 'run', '--detach', '--null-io', busybox(), box, 'sleep', '1000');
    before = await audit(daemon, place.namespace);
  }, limit);
  afterAll(async () => {
    await registry.close();
    await removePlace(place);
  }, limit);

  let count = 0;
  /** A reference whose layers take about half a second. */
  const slowImage = (): string => {
    const name = `slow${count++}`;
    const image = buildImage({ seed: `${place.namespace} ${name}`, layerSizes: [60_000, 60_000] });
    registry.push(name, image, 'latest');
    for (const { digest } of image.layers)
      registry.on({ method: 'GET', path: `${name}/blobs/${digest}` }, drip(15_000, 100));
    return `${registry.host}/${name}:latest`;
  };
  const fresh = (): string => `${place.namespace}-${count++}`;
  const work = 'i=0; while [ $i -lt 5 ]; do echo $i; sleep 0.05; i=$((i+1)); done';

  const families: readonly (readonly [name: string, milliseconds: number, words: () => readonly string[]])[] =
    [
      ['image pull --local', 900, () => ['image', 'pull', '--local', '--plain-http', slowImage()]],
      ...(version === '2.1'
        ? [['image pull', 900, () => ['image', 'pull', '--plain-http', slowImage()]] as const]
        : []),
      ['content fetch', 900, () => ['content', 'fetch', '--plain-http', slowImage()]],
      // Its stdin stays open: it ends by the signal alone.
      ['content ingest', 600, () => ['content', 'ingest', fresh()]],
      ['run --rm', 800, () => ['run', '--rm', busybox(), fresh(), 'sh', '-c', work]],
      ['task exec', 600, () => ['task', 'exec', '--exec-id', fresh(), box, 'sh', '-c', work]],
    ];

  test.each(families)(
    '%s',
    async (name, span, words) => {
      const random = randomNumbers(
        [...`${name} ${version}`].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7),
      );
      const plan = Array.from({ length: rounds }, (_, index) => ({
        signal: signals[index % signals.length]!,
        after: Math.round(random() * span),
      }));
      for (let at = 0; at < plan.length; at += batch) {
        const part = plan.slice(at, at + batch);
        const endings = await twoAtATime(part, async ({ signal, after }) => {
          const running = start(place, words(), { deadline: 30_000 });
          await sleep(after);
          running.child.kill(signal);
          const { status, stderr } = await running.ended;
          // The shim of 1.6 and 1.7 tells of no exit while it waits for the FIFOs of a client that was killed: the
          // other one under way ends when the next tctr has come by.
          if (signal === 'SIGKILL') await tctr(place, ['version']);
          return { signal, after, status, stderr };
        });
        for (const { signal, after, status, stderr } of endings) {
          // Too late is no fault, and neither is too early: Node.js itself was still starting.
          expect({ signal, after, status, stderr }).toEqual({
            signal,
            after,
            status: status === 0 ? 0 : endedBy(signal).find((known) => known === status),
            stderr: '',
          });
        }
        // The next tctr, whatever it does, gives back what the killed ones held.
        expect((await tctr(place, ['version'])).status).toBe(0);
        for (const image of (await ctr(place, 'images', 'list', '--quiet')).split('\n')) {
          if (image.includes('/slow')) await ctr(place, 'images', 'delete', '--sync', image); // it was complete
        }
        expect({ part, left: await leftovers(place, before) }).toEqual({ part, left: {} });
      }
    },
    limit,
  );

  test(
    'container create: it is there after status 0, and not otherwise',
    async () => {
      const random = randomNumbers(11);
      const plan = Array.from({ length: rounds }, (_, index) => ({
        signal: index % 2 === 0 ? ('SIGINT' as const) : ('SIGTERM' as const),
        after: Math.round(random() * 400),
      }));
      const endings = await twoAtATime(plan, async ({ signal, after }) => {
        const id = fresh();
        const running = start(place, ['container', 'create', busybox(), id]);
        await sleep(after);
        running.child.kill(signal);
        const { status, stderr } = await running.ended;
        return { id, signal, after, status, stderr };
      });
      const made = (await ctr(place, 'containers', 'list', '--quiet')).split('\n');
      for (const { id, signal, after, status, stderr } of endings) {
        expect({ signal, after, status, stderr, made: made.includes(id) }).toEqual({
          signal,
          after,
          status: status === 0 ? 0 : endedBy(signal).find((known) => known === status),
          stderr: '',
          made: status === 0,
        });
        if (status === 0) await ctr(place, 'containers', 'delete', id);
      }
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );
});
