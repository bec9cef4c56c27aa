import { describe, expect, test } from '@jest/globals';
import {
  containerFields,
  dockerContainers,
  shortId,
  type ContainerRow,
} from '../../../src/views/docker-containers.js';
import { dockerImages, imageFields } from '../../../src/views/docker-images.js';
import { statusText, type ShownState } from '../../../src/views/docker-status.js';
import { renderDocker } from '../../../src/views/docker-view.js';
import { containerOf } from '../../support/container.js';

const second = 1_000_000_000n;
const now = 1_000_000n * second;

describe('STATUS', () => {
  test.each<[ShownState, string]>([
    [{ status: 'created' }, 'Created'],
    [{ status: 'running', since: now - 180n * second }, 'Up 3 minutes'],
    [{ status: 'running', since: undefined }, 'Up'],
    [{ status: 'running', since: now + second }, 'Up Less than a second'],
    [{ status: 'paused', since: now - 7200n * second }, 'Up 2 hours (Paused)'],
    [{ status: 'exited', exitCode: 137, at: now - 7200n * second }, 'Exited (137) 2 hours ago'],
    [{ status: 'exited', exitCode: 0, at: undefined }, 'Exited (0)'],
  ])('%j', (state, text) => {
    expect(statusText(state, now)).toBe(text);
  });
});

const id = '0123456789abcdef'.repeat(4);
const row: ContainerRow = {
  container: containerOf(id, {
    labels: new Map([['a', '1']]),
    image: 'x',
    runtime: undefined,
    spec: undefined,
    createdAt: { seconds: 999_940n, nanos: 0 },
  }),
  name: 'web\u001b[31m',
  image: 'nginx',
  command: ['/docker-entrypoint.sh', 'nginx'],
  mounts: ['/srv'],
  ports: [],
  state: { status: 'running', since: now - 60n * second },
};
const fields = (whole: boolean) =>
  containerFields(row, { whole, now: new Date(1_000_000_000), namespace: 'n' });

describe('ps', () => {
  test('docker’s table, and nothing that moves the cursor', async () => {
    expect(await renderDocker([fields(false)], dockerContainers, { quiet: false })).toBe(
      'CONTAINER ID   IMAGE     COMMAND                  CREATED              STATUS              PORTS     NAMES\n' +
        '0123456789ab   nginx     "/docker-entrypoint.…"   About a minute ago   Up About a minute             web\\x1b[31m\n',
    );
  });

  test('-q, --no-trunc, templates and JSON', async () => {
    const render = (whole: boolean, quiet: boolean, format?: string) =>
      renderDocker([fields(whole)], dockerContainers, { quiet, format });
    expect(await render(false, true)).toBe('0123456789ab\n');
    expect(await render(true, true)).toBe(`${id}\n`);
    expect(await render(false, false, '{{.Names}} {{.State}}')).toBe('web\\x1b[31m running\n');
    expect(await render(false, false, 'table {{.ID}}\\t{{.Labels}}')).toBe(
      'CONTAINER ID   LABELS\n0123456789ab   a=1\n',
    );
    expect(JSON.parse(await render(true, false, 'json'))).toMatchObject({
      ID: id,
      Names: row.name,
      Namespace: 'n',
    });
  });

  test('an id that is a name stays whole', () => {
    expect(shortId('a-container-with-a-long-name')).toBe('a-container-with-a-long-name');
  });
});

test('images', async () => {
  const image = {
    repository: 'nginx',
    tag: 'alpine',
    digest: `sha256:${'d'.repeat(64)}`,
    id: `sha256:${'c'.repeat(64)}`,
    created: { seconds: 0n, nanos: 0 },
    size: 1_115_464n,
  };
  const rows = [imageFields(image, { whole: false, now: new Date(3_600_000) })];
  expect(await renderDocker(rows, dockerImages(false), { quiet: false })).toBe(
    'REPOSITORY   TAG       IMAGE ID       CREATED             SIZE\n' +
      'nginx        alpine    cccccccccccc   About an hour ago   1.12MB\n',
  );
});
