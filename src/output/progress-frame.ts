import { formatFixed } from './go-number.js';
import { isMoving, type StatusEvent } from './progress-events.js';
import { drawBar, formatAmount, shareDone } from './progress-bar.js';
import type { ProgressState } from './progress-state.js';
import { safe } from './safe.js';
import type { TableLine } from './table-layout.js';
import { formatBytes, formatRate } from './units.js';

/** ctr's local pull and push: one row for each name, and the time; to be drawn with tableStyles.narrow. */
export function localFrame(state: ProgressState, elapsedSeconds: number): TableLine[] {
  const rows = [...state.statuses.values()].map((event): TableLine => {
    const { status, offset, total } = event;
    const named = [`${safe(event.name)}:`, safe(status)];
    if (isMoving(status))
      return [...named, drawBar(shareDone(offset, total)), formatAmount(offset, total), ''];
    return [...named, drawBar(isPending(status) ? 0 : 1), ''];
  });
  return [...rows, elapsedCells(state, elapsedSeconds)];
}

/** ctr's view of the daemon's transfers: a tree of names, the roots' targets, and the title with the time. */
export function treeFrame(state: ProgressState, elapsedSeconds: number): string {
  const lines = treeRows(state).map(({ event, indent }) => treeRow(event, indent));
  for (const { mediaType, digest } of rootsOf(state)) {
    if (digest !== undefined) lines.push(safe(`${mediaType ?? ''} ${digest}`));
  }
  lines.push([safe(state.title), ...elapsedCells(state, elapsedSeconds)].join('\t'));
  return lines.map((line) => `${line}\n`).join('');
}

function elapsedCells(state: ProgressState, seconds: number): string[] {
  const done = state.totalOffset;
  // ctr: images pull cuts the total at six characters, so that `800.0 B` loses its unit.
  const total = formatBytes(done).slice(0, 6).padStart(7);
  return [
    `elapsed: ${formatFixed(seconds, 1).padEnd(4)}s`,
    `total: ${total}`,
    `(${formatRate(done, seconds)})`,
    '',
  ];
}

function isPending(status: string): boolean {
  return status === 'resolving' || status === 'waiting';
}

const nameWidth = 40;

function treeRow(event: StatusEvent, indent: string): string {
  const { status, offset, total } = event;
  const name = [...`${indent}${safe(shortName(event.name))}`].slice(0, nameWidth).join('').padEnd(nameWidth);
  const padded = safe(status).padEnd(11);
  if (isMoving(status))
    return `${name}\t${padded}\t${drawBar(shareDone(offset, total))}\t${formatAmount(offset, total)}\t`;
  if (isPending(status)) return `${name}\t${padded}\t${drawBar(0)}\t`;
  if (status === 'complete' || status === 'extracted') return `${name}\t${padded}\t${drawBar(1)}\t`;
  return `${name}\t${safe(status)}\t`;
}

/** `layer (bbb3dcb01ba1)` of `layer-sha256:bbb3dcb01ba1…`. ctr: images import parts any name at its dashes. */
function shortName(name: string): string {
  return name
    .split('-')
    .map((part) =>
      /^[a-z0-9]+:[0-9a-f]{32,}$/.test(part) ? `(${part.slice(part.indexOf(':') + 1).slice(0, 12)})` : part,
    )
    .join(' ');
}

interface TreeRow {
  readonly event: StatusEvent;
  /** The branches left of the name. */
  readonly indent: string;
}

function treeRows(state: ProgressState): TreeRow[] {
  const children = new Map<string, StatusEvent[]>();
  for (const event of state.statuses.values()) {
    const parent = knownParent(state, event);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), event]);
  }
  const rows: TreeRow[] = [];
  // Names come from a daemon: one that is its own ancestor must not make an endless tree.
  const drawn = new Set<string>();
  const add = (event: StatusEvent, margin: string, branch: string, trunk: string) => {
    if (drawn.has(event.name)) return;
    drawn.add(event.name);
    rows.push({ event, indent: margin + branch });
    const below = children.get(event.name) ?? [];
    below.forEach((child, i) => {
      const last = i === below.length - 1;
      add(child, margin + trunk, last ? '└──' : '├──', last ? '   ' : '│  ');
    });
  };
  for (const root of rootsOf(state)) add(root, '', '', '');
  return rows;
}

/** Those without a parent that is known; it may become known later. */
function rootsOf(state: ProgressState): StatusEvent[] {
  return [...state.statuses.values()].filter((event) => knownParent(state, event) === undefined);
}

function knownParent(state: ProgressState, event: StatusEvent): string | undefined {
  return event.parents?.find((parent) => parent !== event.name && state.statuses.has(parent));
}
