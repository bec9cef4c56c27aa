import { KindError } from '../oci/errors.js';
import { isIndex, isManifest } from '../oci/media-types.js';
import type { ImageNode, ImageTree } from '../ops/image-tree.js';
import { compareBytes } from '../output/byte-order.js';
import { indentJson } from '../oci/indent-json.js';
import { quoteGo } from '../output/quote.js';
import { safe } from '../output/safe.js';
import { formatGoTime, type Timestamp } from '../output/time.js';

const branch = { middle: '├── ', last: '└── ', trunk: '│   ', blank: '    ' } as const;

/** ctr's `image inspect`: its text, up to what could not be read. */
export interface DrawnTree {
  readonly text: string;
  readonly failure?: KindError;
}

/** Draws an image's record, and below it all that it is made of. */
export function drawImageTree({ image, root }: ImageTree): DrawnTree {
  const lines = [safe(image.name)];
  const detail = (text: string): void => void lines.push(`${branch.trunk} ${text}`);
  detail(`Created: ${timeOf(image.createdAt)}`);
  detail(`Updated: ${timeOf(image.updatedAt)}`);
  for (const [key, value] of sorted(image.labels)) detail(`Label ${quoteGo(key)}: ${quoteGo(value)}`);
  try {
    drawNode(lines, root, branch.last, branch.blank);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return { text: textOf(lines), failure: error };
  }
  return { text: textOf(lines) };
}

/**
 * @param first what stands left of its own line
 * @param rest what stands left of the lines below it
 * @param side what stands left of its boxes, where that is not told by its children
 */
function drawNode(lines: string[], node: ImageNode, first: string, rest: string, side?: string): void {
  const { descriptor, children } = node;
  const { mediaType, digest, size, platform } = descriptor;
  const margin = side ?? rest + branch.trunk;
  lines.push(`${first}${safe(mediaType)} @${digest} (${size} bytes)`);
  if (side === undefined && platform && platform.architecture !== '') {
    lines.push(`${margin} Platform: ${safe(`${platform.os}/${platform.architecture}`)}`);
  }
  if (node.failure) throw node.failure;
  if (node.missing) lines.push(`${rest}${branch.last} Content does not exist locally, skipping`);
  drawContent(lines, node, margin);
  children.forEach((child, place) => {
    const isLast = place === children.length - 1;
    const below = rest + (isLast ? branch.blank : branch.trunk);
    drawNode(lines, child, rest + (isLast ? branch.last : branch.middle), below, sideOf(child, below));
  });
}

/** What stands left of a leaf's boxes: it has no branches of its own. */
function sideOf({ descriptor }: ImageNode, below: string): string | undefined {
  return isIndex(descriptor.mediaType) || isManifest(descriptor.mediaType) ? undefined : below;
}

function drawContent(lines: string[], { labels, json }: ImageNode, margin: string): void {
  const end = `${margin}└───────────────────────`;
  if (labels && labels.size > 0) {
    lines.push(`${margin}┌────────Labels─────────`);
    for (const [key, value] of sorted(labels)) lines.push(`${margin}│${quoteGo(key)}: ${quoteGo(value)}`);
    lines.push(end);
  }
  if (json) {
    const rows = indentJson(json, '   ');
    lines.push(`${margin}┌────────Content────────`, ...rows.map((row) => `${margin}│${safe(row)}`), end);
  }
}

function sorted(labels: ReadonlyMap<string, string>): [string, string][] {
  return [...labels].sort(([a], [b]) => compareBytes(a, b));
}

function timeOf(time: Timestamp | undefined): string {
  return formatGoTime(time ?? { seconds: -62_135_596_800n, nanos: 0 });
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
