import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tctr } from '../support/faults.js';
import { daemonRows } from '../support/faults-place.js';
import { limit, ptyBench } from '../support/pty-bench.js';
import { buildImage } from '../support/registry/content.js';
import { drip } from '../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../support/registry/registry.js';

describe.each(daemonRows())('the progress of image pull --local on containerd %s', (version, daemon) => {
  const bench = ptyBench(daemon, 'pty-pull', { empty: true });
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startRegistry();
  }, limit);
  afterAll(() => registry.close(), limit);

  /** An image whose layer takes about a second. */
  const image = (name: string): string => {
    const built = buildImage({ seed: `${name} ${version} ${Date.now()}`, layerSizes: [200_000] });
    registry.push(name, built, 'latest');
    registry.on({ method: 'GET', path: `${name}/blobs/${built.layers[0]!.digest}` }, drip(20_000, 100));
    return `${registry.host}/${name}:latest`;
  };

  test(
    'is drawn in place, ends with every part done, and with the cursor on a line of its own',
    async () => {
      const ref = image('drawn');
      const terminal = bench.open(['image', 'pull', '--local', '--plain-http', ref]);
      const { status, before, after } = await terminal.end();
      expect(status).toBe(0);
      expect(after).toBe(before);
      const { screen } = terminal;
      expect(screen).toMatch(/\x1b\[\d*A/); // it goes up to draw over what it has drawn
      const last = rendered(screen);
      expect(last.join('\n')).toContain(ref);
      expect(last.filter((row) => /\bdone\b/.test(row)).length).toBeGreaterThanOrEqual(3);
      expect(last.join('\n')).not.toMatch(/downloading|waiting|resolving/);
      expect(screen.endsWith('\n') || screen.endsWith('\x1b[?25h')).toBe(true);
    },
    limit,
  );

  test(
    'interrupted, the cursor is shown again and the mode is as before',
    async () => {
      const ref = image('cut');
      const terminal = bench.open(['image', 'pull', '--local', '--plain-http', ref]);
      await terminal.until(/\x1b\[\d*A/);
      process.kill(await terminal.pid(), 'SIGINT');
      const { status, before, after } = await terminal.end();
      expect(status).toBe(130);
      expect(after).toBe(before);
      expect(terminal.screen.lastIndexOf('\x1b[?25l')).toBeLessThanOrEqual(
        terminal.screen.lastIndexOf('\x1b[?25h'),
      );
    },
    limit,
  );

  test(
    'off a terminal there is not one control sequence',
    async () => {
      const ran = await tctr(bench.place, ['image', 'pull', '--local', '--plain-http', image('piped')]);
      expect(ran.status).toBe(0);
      expect(ran.stdout.toString()).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
    },
    limit,
  );
});

/** What a terminal shows in the end: text, CR, LF, cursor up, to a column, and erasing are understood. */
function rendered(text: string): string[] {
  const rows: string[] = [''];
  let row = 0;
  let column = 0;
  for (const [token] of text.matchAll(/\x1b\[[?\d;]*[A-Z]|[\s\S]/gi)) {
    const [, count = '', letter = ''] = /^\x1b\[([?\d;]*)([A-Z])$/i.exec(token) ?? [];
    if (token === '\n') row++;
    else if (token === '\r') column = 0;
    else if (letter === 'A') row = Math.max(0, row - (Number(count) || 1));
    else if (letter === 'G') column = (Number(count) || 1) - 1;
    else if (letter === 'K')
      rows[row] =
        count === '2' ? '' : (rows[row] ?? '').slice(0, count === '' || count === '0' ? column : undefined);
    else if (letter === 'J') {
      rows[row] = (rows[row] ?? '').slice(0, column);
      rows.splice(row + 1);
    } else if (letter === '') {
      rows[row] =
        (rows[row] ?? '').padEnd(column).slice(0, column) + token + (rows[row] ?? '').slice(column + 1);
      column++;
    }
    while (rows.length <= row) rows.push('');
  }
  return rows.map((line) => line.trimEnd());
}
