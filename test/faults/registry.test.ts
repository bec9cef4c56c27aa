import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { tctr, type Ended, type Place } from '../support/faults.js';
import { daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { requireBasic } from '../support/registry/auth.js';
import {
  buildImage,
  buildIndex,
  describe as describeBytes,
  json,
  ociManifest,
  type BuiltImage,
  type StoredContent,
} from '../support/registry/content.js';
import * as faults from '../support/registry/faults.js';
import { startRegistry, type Fault, type TestRegistry } from '../support/registry/registry.js';

const limit = 90_000;
const repository = 'fault/image';

describe.each(daemonRows())('a misbehaving registry, on containerd %s', (version, daemon) => {
  let place: Place;
  let before: Audit;
  let registry: TestRegistry;
  let image: BuiltImage;
  let count = 0;

  beforeAll(async () => {
    place = await makePlace(daemon, 'reg', { empty: true });
    before = await audit(daemon, place.namespace);
  }, limit);
  beforeEach(async () => {
    registry = await startRegistry();
    image = buildImage({ seed: `${version} ${Date.now()} ${count++}`, layerSizes: [50_000, 20_000] });
    registry.push(repository, image, 'latest');
  });
  afterEach(() => registry.close());
  afterAll(() => removePlace(place), limit);

  /** Pulls; what is logged of further tries is left out of stderr. */
  const pull = async (...flags: readonly string[]): Promise<Ended> => {
    const ref = `${registry.host}/${repository}:latest`;
    const ran = await tctr(place, ['image', 'pull', '--local', '--plain-http', ...flags, ref]);
    return { ...ran, stderr: ran.stderr.replaceAll(/^time="[^\n]*\n/gm, '') };
  };
  const failsCleanly = async (ran: Ended, message: RegExp) => {
    expect(ran.stderr).toMatch(/^tctr: [^\x00-\x1f\x7f]+\n$/);
    expect(ran.stderr).toMatch(message);
    expect(ran.status).toBe(1);
    expect(await leftovers(place, before)).toEqual({});
  };
  /** Puts a manifest in the image's place. */
  const publish = (content: StoredContent): void => {
    registry.put(repository, 'latest', content);
    registry.put(repository, describeBytes(content.bytes, content.mediaType).digest, content);
  };
  const layer = (): { readonly method: string; readonly path: string } => ({
    method: 'GET',
    path: `blobs/${image.layers[0]!.digest}`,
  });

  const ofLayer: readonly (readonly [name: string, fault: Fault, message: RegExp])[] = [
    ['404', faults.status(404), /not found|404/i],
    [
      '403 with terminal escapes',
      faults.apiError(403, 'DENIED', '\x1b]0;own\x07no'),
      /denied|403|Forbidden/i,
    ],
    ['500 without end', faults.status(500), /500/],
    ['other bytes than the digest says', faults.corruptAt(100), /digest|sha256/],
    ['5 bytes too many', faults.tooLong(5), /size|long|larger|more|bytes/i],
    ['a body without end', faults.tooLong('endless'), /size|long|larger|more|bytes/i],
    ['a body that ends too early', faults.endAfter(1000), /size|short|early|bytes|EOF/i],
    ['a body in an unknown encoding', faults.encoded('br'), /encoding|\bbr\b/i],
    ['a web page', faults.webPage, /page|html|digest|size|bytes/i],
    ['a redirect to itself', faults.redirect((target) => target), /redirect/i],
    ['a redirect to a file', faults.redirect('file:///etc/passwd'), /redirect|scheme|protocol|file/i],
  ];
  test.each(ofLayer)(
    'a layer: %s',
    async (_name, fault, message) => {
      registry.on(layer(), fault);
      await failsCleanly(await pull(), message);
    },
    limit,
  );

  const ofManifest: readonly (readonly [name: string, fault: Fault, message: RegExp])[] = [
    ['a web page', faults.webPage, /page|html|media type|content type/i],
    ['404', faults.status(404), /not found/i],
    ['401 without a challenge', faults.status(401), /401|auth/i],
    ['null', faults.status(200, { 'content-type': ociManifest }, 'null'), /manifest|null|digest|JSON/i],
    [
      'half a manifest',
      faults.status(200, { 'content-type': ociManifest }, '{"schemaVersion":2,'),
      /manifest|JSON|digest/i,
    ],
    ['a connection that is closed', faults.closeAtOnce, /closed|reset|hang up|EOF|ended/i],
  ];
  test.each(ofManifest)(
    'the manifest: %s',
    async (_name, fault, message) => {
      registry.on({ path: '/manifests/' }, fault);
      await failsCleanly(await pull(), message);
    },
    limit,
  );

  test(
    'a connection that is cut once is taken up again',
    async () => {
      registry.on({ ...layer(), times: 1 }, faults.cutAfter(10_000, 'reset'));
      const ran = await pull();
      expect([ran.status, ran.stderr]).toEqual([0, '']);
      await tctr(place, ['image', 'delete', '--sync', `${registry.host}/${repository}:latest`]);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'Retry-After is waited for',
    async () => {
      registry.on({ ...layer(), times: 1 }, faults.status(429, { 'retry-after': '1' }));
      const ran = await pull();
      expect([ran.status, ran.stderr]).toEqual([0, '']);
      const times = registry.requests
        .filter(({ target }) => target.includes(image.layers[0]!.digest))
        .map(({ at }) => at);
      expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(950);
      await tctr(place, ['image', 'delete', '--sync', `${registry.host}/${repository}:latest`]);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'an image for other platforms only',
    async () => {
      const other = buildImage({ seed: `other ${count++} ${Date.now()}`, architecture: 's390x' });
      registry.push(repository, other);
      publish(buildIndex([['s390x', other]]));
      await failsCleanly(await pull(), /platform/);
    },
    limit,
  );

  test(
    'a digest that is a path',
    async () => {
      const config = { mediaType: image.config.mediaType, digest: 'sha256:../../../../etc/passwd', size: 10 };
      const bytes = json({ schemaVersion: 2, mediaType: ociManifest, config, layers: [] });
      publish({ mediaType: ociManifest, bytes });
      await failsCleanly(await pull(), /digest/);
      expect(registry.requests.every(({ target }) => !target.includes('passwd'))).toBe(true);
    },
    limit,
  );

  test(
    'a redirect takes no secret to another origin',
    async () => {
      const other = await startRegistry();
      other.push(repository, image);
      registry.on({}, requireBasic('alice', 's3cret-word'));
      registry.on(
        layer(),
        faults.redirect((target) => `${other.url}${target}`),
      );
      const ran = await pull('--user', 'alice:s3cret-word');
      expect([ran.status, ran.stderr]).toEqual([0, '']);
      expect(other.requests.length).toBeGreaterThan(0);
      const secrets = ['s3cret-word', Buffer.from('alice:s3cret-word').toString('base64'), 'uthorization'];
      expect(secrets.filter((secret) => other.wire.includes(secret))).toEqual([]);
      await other.close();
      await tctr(place, ['image', 'delete', '--sync', `${registry.host}/${repository}:latest`]);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );
});
