import type { Plugin } from '../client/introspection.js';
import { compareBytes } from '../output/byte-order.js';
import { safe } from '../output/safe.js';
import { tableStyles, type TableLine } from '../output/table-layout.js';
import { drawTable } from '../output/table.js';
import { pluginPlatforms } from './plugin-list.js';

/** ctr's `plugin ls -d`: a block of lines for each plugin, an empty one between. */
export async function renderPluginDetails(plugins: readonly Plugin[]): Promise<string> {
  const lines = plugins.flatMap((plugin, i) => [...(i > 0 ? [['', '', '', '']] : []), ...block(plugin)]);
  return drawTable(
    lines.map((line) => line.map((cell) => safe(cell))),
    tableStyles.wide,
  );
}

/** ctr: values stand between the blanks that Go's Fprintln puts between its arguments. */
function block(plugin: Plugin): TableLine[] {
  const { type, id, requires, exports, capabilities, initErr } = plugin;
  const platforms = pluginPlatforms(plugin);
  const lines: TableLine[] = [
    ['Type:', ` ${type}`],
    ['ID:', ` ${id}`],
  ];
  if (requires.length > 0) lines.push(['Requires:', ''], ...requires.map((name) => ['', ` ${name}`]));
  if (platforms !== '') lines.push(['Platforms:', ` ${platforms}`]);
  if (exports.size > 0) {
    const sorted = [...exports].sort(([a], [b]) => compareBytes(a, b));
    lines.push(['Exports:', ''], ...sorted.map(([key, value]) => ['', ` ${key} `, ` ${value}`]));
  }
  if (capabilities.length > 0) lines.push(['Capabilities:', ` ${capabilities.join(',')}`]);
  if (initErr) {
    lines.push(
      ['Error:', ''],
      ['', ' Code:', ` ${codeName(initErr.code)}`],
      ['', ' Message:', ` ${initErr.message}`],
    );
  }
  return lines;
}

/** gRPC's names of its status codes, as Go prints them. */
const codes = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
];

function codeName(code: number): string {
  return codes[code] ?? `Code(${code})`;
}
