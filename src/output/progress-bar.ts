import { formatBytes } from './units.js';

const barWidth = 38;

/** ctr's progress bar, `%40r` of containerd's progress.Bar: green pluses, then minuses. The share is from 0 to 1. */
export function drawBar(share: number): string {
  const bounded = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  const full = Math.trunc(bounded * barWidth);
  return `|\x1b[32m${'+'.repeat(full)}\x1b[0m${'-'.repeat(barWidth - full)}|`;
}

/** The share of the bytes that is done; all of nothing is nothing. */
export function shareDone(offset: bigint, total: bigint): number {
  return total > 0n ? Number(offset) / Number(total) : 0;
}

/** `525.0 K/1.0 MiB`. ctr: images pull cuts the first number at eight characters. */
export function formatAmount(offset: bigint, total: bigint): string {
  return `${formatBytes(offset).slice(0, 8).padStart(8)}/${formatBytes(total)}`;
}
