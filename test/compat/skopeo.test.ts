import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ctr, startProcess, tctr, type Place } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { lab } from '../support/lab.js';

const limit = 60_000;

/** Runs skopeo. @throws Error with what it says, if it fails. */
async function skopeo(...words: readonly string[]): Promise<string> {
  const flags = ['--insecure-policy', '--override-os', 'linux'];
  const ran = await startProcess(lab().skopeo, [...flags, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    .ended;
  if (ran.status !== 0) throw new Error(`skopeo ${words.join(' ')}: ${ran.stderr}`);
  return ran.stdout.toString();
}

/** What skopeo says of an image: its layers' digests, and its config. */
async function look(
  image: string,
  ...flags: readonly string[]
): Promise<{ layers: string[]; config: unknown }> {
  const { Layers } = JSON.parse(await skopeo('inspect', ...flags, image)) as { Layers: string[] };
  const config: unknown = JSON.parse(await skopeo('inspect', '--config', ...flags, image));
  return { layers: Layers, config };
}

const diffIds = (config: unknown): unknown => (config as { rootfs: { diff_ids: unknown } }).rootfs.diff_ids;

describe.each(daemonRows())('skopeo and archives on containerd %s', (_, daemon) => {
  let place: Place;
  let folder: string;
  let original: Awaited<ReturnType<typeof look>>;
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tctr-skopeo-'));
    place = await makePlace(daemon, 'skp');
    original = await look(`docker://${busybox()}`, '--tls-verify=false');
  }, limit);
  afterAll(async () => {
    await removePlace(place);
    rmSync(folder, { recursive: true, force: true });
  }, limit);

  /** Has tctr do it, and wants it to end well. */
  async function done(...words: readonly string[]): Promise<void> {
    const { status, stderr } = await tctr(place, words);
    expect({ words, status, stderr }).toMatchObject({ status: 0 });
  }

  test(
    'an export is an OCI archive with the same layers',
    async () => {
      await done('image', 'export', at('oci.tar'), busybox());
      expect(await look(`oci-archive:${at('oci.tar')}:latest`)).toEqual(original);
    },
    limit,
  );

  test(
    'and a docker archive, in which docker’s words save, too',
    async () => {
      await done('save', '-o', at('docker.tar'), busybox());
      for (const file of ['oci.tar', 'docker.tar']) {
        // Layers of a docker archive are named by what is in them.
        const { config } = await look(`docker-archive:${at(file)}`);
        expect(diffIds(config)).toEqual(diffIds(original.config));
      }
    },
    limit,
  );

  test(
    'archives of skopeo’s are imported, their layers unchanged',
    async () => {
      for (const kind of ['oci-archive', 'docker-archive']) {
        const name = `skopeo.example/${kind}:v1`;
        const file = at(`${kind}.tar`);
        await skopeo('copy', '--src-tls-verify=false', `docker://${busybox()}`, `${kind}:${file}:${name}`);
        await done('image', 'import', file);
        expect((await ctr(place, 'images', 'list', '--quiet')).split('\n')).toContain(name);
        await done('image', 'export', at('back.tar'), name);
        // An image of docker's media types is in an OCI layout for containerd, and for skopeo in a docker archive only.
        const back = await look(`${kind}:${at('back.tar')}:${kind === 'oci-archive' ? 'v1' : name}`);
        expect(diffIds(back.config)).toEqual(diffIds(original.config));
        if (kind === 'oci-archive') expect(back.layers).toEqual(original.layers);
        // Not ctr's run, which loses the output of short processes.
        const ran = await tctr(place, ['run', '--rm', name, `${place.namespace}-${kind}`, 'echo', 'runs']);
        expect({ ...ran, stdout: ran.stdout.toString() }).toMatchObject({ status: 0, stdout: 'runs\n' });
        rmSync(file);
      }
    },
    limit,
  );
});
