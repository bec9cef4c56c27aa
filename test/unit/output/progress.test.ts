import { Writable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { localFrame, treeFrame } from '../../../src/output/progress-frame.js';
import type { ProgressEvent, StatusEvent } from '../../../src/output/progress-events.js';
import { createProgressLines } from '../../../src/output/progress-lines.js';
import { ProgressState } from '../../../src/output/progress-state.js';
import { startProgress, startSpinner } from '../../../src/output/progress.js';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const status = (name: string, word: string, more: Partial<StatusEvent> = {}): StatusEvent => ({
  kind: 'status',
  name,
  status: word,
  offset: 0n,
  total: 0n,
  ...more,
});
const stateOf = (...events: ProgressEvent[]) => {
  const state = new ProgressState();
  for (const event of events) state.add(event);
  return state;
};
const bar = (full: number) => `|\x1b[32m${'+'.repeat(full)}\x1b[0m${'-'.repeat(38 - full)}|`;

test('the frame of a pull by tctr itself', () => {
  const state = stateOf(
    status('example.org/busybox:1', 'resolving'),
    status('example.org/busybox:1', 'resolved'),
    status('manifest-x', 'done'),
    status('layer-x', 'downloading', { offset: 537_600n, total: 1_048_576n }),
    status('config-x', 'waiting'),
    status('layer-\u001b[2J', 'downloading', { offset: 1n }),
  );
  expect(localFrame(state, 0.1)).toEqual([
    ['example.org/busybox:1:', 'resolved', bar(38), ''],
    ['manifest-x:', 'done', bar(38), ''],
    ['layer-x:', 'downloading', bar(19), '525.0 Ki/1.0 MiB', ''],
    ['config-x:', 'waiting', bar(0), ''],
    ['layer-\\x1b[2J:', 'downloading', bar(0), '   1.0 B/0.0 B', ''],
    ['elapsed: 0.1 s', 'total:  525.0 ', '(5.1 MiB/s)', ''],
  ]);
});

test('the frame of a transfer by the daemon', () => {
  const root = 'example.org/library/busybox:latest-with-a-long-tag';
  const state = stateOf(
    { kind: 'message', text: 'Pulling', title: true },
    status(`layer-${digest('b')}`, 'downloading', {
      parents: [`manifest-${digest('a')}`],
      offset: 512n,
      total: 1024n,
    }),
    status(`config-${digest('c')}`, 'waiting', { parents: [`manifest-${digest('a')}`] }),
    status(root, 'fetching image content', { digest: digest('d'), mediaType: 'application/x' }),
    status(`manifest-${digest('a')}`, 'complete', { parents: [root] }),
  );
  expect(treeFrame(state, 0)).toBe(
    [
      'example.org/library/busybox:latest with \tfetching image content\t',
      `└──manifest (aaaaaaaaaaaa)              \tcomplete   \t${bar(38)}\t`,
      `   ├──layer (bbbbbbbbbbbb)              \tdownloading\t${bar(19)}\t 512.0 B/1.0 KiB\t`,
      `   └──config (cccccccccccc)             \twaiting    \t${bar(0)}\t`,
      `application/x ${digest('d')}`,
      'Pulling\telapsed: 0.0 s\ttotal:  512.0 \t(0.0 B/s)\t',
      '',
    ].join('\n'),
  );
});

test('names that are their own ancestors are no endless tree', () => {
  const state = stateOf(
    status('root', 'waiting'),
    status('a', 'waiting', { parents: ['b'] }),
    status('b', 'waiting', { parents: ['a'] }),
    status('c', 'waiting', { parents: ['c', 'root'] }),
  );
  expect(treeFrame(state, 0).split('\n')).toHaveLength(4);
});

test('off a terminal only news is worth a line', () => {
  const lineOf = createProgressLines();
  const events: ProgressEvent[] = [
    status('ref', 'resolving'),
    status('ref', 'resolved'),
    status('ref', 'resolved'),
    status('layer-x', 'waiting'),
    status('layer-x', 'downloading', { offset: 1n, total: 1024n }),
    status('layer-x', 'done', { offset: 1024n, total: 1024n }),
    status('layer-x', 'done', { offset: 1024n, total: 1024n }),
    status('layer-x', 'unpacking'),
    { kind: 'message', text: 'done: \u001b1s' },
  ];
  expect(events.map(lineOf).filter(Boolean)).toEqual([
    'ref: resolved',
    'layer-x: done (1.0 KiB)',
    'layer-x: unpacking',
    'done: \\x1b1s',
  ]);
});

describe('startProgress', () => {
  const terminal = (isTTY = true) => {
    const output = { text: '', columns: 60, isTTY, write: (text: string) => (output.text += text) };
    return output;
  };

  test('draws at most ten frames a second, each over the last', async () => {
    jest.useFakeTimers();
    try {
      const output = terminal();
      const view = await startProgress({ output, layout: 'tree', now: () => 0 });
      for (let i = 0n; i < 1000n; i++) view.add(status('a', 'downloading', { offset: i, total: 1000n }));
      expect(output.text).toBe('');
      jest.advanceTimersByTime(1000);
      expect(output.text.match(/elapsed/g)).toHaveLength(10);
      // The row of the bar takes two lines of a terminal with 60 columns.
      expect(output.text.match(/\x1b\[1A\x1b\[2K\r/g)).toHaveLength(9 * 4);
      output.text = '';
      view.finish();
      jest.advanceTimersByTime(1000);
      expect(output.text.match(/elapsed/g)).toHaveLength(1);
    } finally {
      jest.useRealTimers();
    }
  });

  test('a message stays above what follows', async () => {
    const output = terminal();
    const view = await startProgress({ output, layout: 'local', now: () => 0 });
    view.add(status('a', 'done'));
    view.add({ kind: 'message', text: 'unpacking' });
    view.finish();
    expect(output.text.endsWith('\nunpacking\n')).toBe(true);
    expect(output.text).not.toContain('\x1b[1A');
  });

  test('erase takes the frame away', async () => {
    jest.useFakeTimers();
    try {
      const output = terminal();
      const view = await startProgress({ output, layout: 'local', now: () => 0 });
      view.add(status('a', 'done'));
      jest.advanceTimersByTime(100);
      expect(output.text).toContain('elapsed');
      output.text = '';
      view.erase();
      jest.advanceTimersByTime(1000);
      // Two rows, both longer than the terminal is wide.
      expect(output.text).toBe('\x1b[1A\x1b[2K\r'.repeat(4));
    } finally {
      jest.useRealTimers();
    }
  });

  test('off a terminal there are lines, no escapes', async () => {
    const output = terminal(false);
    const view = await startProgress({ output, layout: 'tree' });
    view.add({ kind: 'message', text: 'Pulling', title: true });
    view.add(status('a', 'downloading'));
    view.add(status('a', 'done'));
    view.finish();
    view.erase();
    expect(output.text).toBe('Pulling\na: done\n');
  });

  test('a spinner on a terminal leaves nothing behind', async () => {
    const written: string[] = [];
    const note = (name: string) => () => Boolean(written.push(`<${name}>`));
    const stream = Object.assign(
      new Writable({ write: (chunk, _, done) => done(void written.push(String(chunk))) }),
      {
        isTTY: true,
        columns: 80,
        clearLine: note('clearLine'),
        cursorTo: note('cursorTo'),
        moveCursor: note('moveCursor'),
      },
    );
    const spinner = await startSpinner('waiting\u001b[2J', stream);
    expect(written.join('')).toContain('waiting\\x1b[2J');
    written.length = 0;
    spinner.stop();
    expect(written.join('')).toContain('<clearLine>');
    expect(written.join('')).toContain('\u001b[?25h');
  });

  test('no spinner off a terminal', async () => {
    const written: string[] = [];
    const stream = {
      isTTY: false,
      write: (text: string) => written.push(text),
    } as unknown as NodeJS.WritableStream;
    const spinner = await startSpinner('waiting', stream);
    spinner.setText('still waiting');
    spinner.stop();
    expect(written).toEqual([]);
  });
});
