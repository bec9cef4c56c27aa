import { compareBytes } from './byte-order.js';

/** `a=1,b=2`, sorted by key, as ctr's lists print labels; the empty text for none. */
export function formatLabels(labels: ReadonlyMap<string, string>): string {
  return [...labels]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** The same for a table's cell, where ctr prints `-` for no labels. */
export function formatLabelCell(labels: ReadonlyMap<string, string>): string {
  return formatLabels(labels) || '-';
}

/**
 * Reads `key=value` arguments as ctr does: a bare `key` means `true`, `key=` the empty value that removes a label on update.
 * The last of equal keys wins.
 */
export function parseLabelArguments(labelArguments: readonly string[]): Map<string, string> {
  return new Map(
    labelArguments.map((argument) => {
      const equals = argument.indexOf('=');
      return equals < 0 ? [argument, 'true'] : [argument.slice(0, equals), argument.slice(equals + 1)];
    }),
  );
}
