import type { Plugin } from '../client/introspection.js';
import { formatPlatform } from '../oci/platform.js';
import { tableStyles } from '../output/table-layout.js';
import type { ListView } from './list-view.js';

/** ctr's `plugin ls`. */
export const pluginList: ListView<Plugin> = {
  style: tableStyles.wide,
  columns: [
    { title: 'TYPE', text: (plugin) => plugin.type },
    { title: 'ID', text: (plugin) => plugin.id },
    { title: 'PLATFORMS', text: (plugin) => pluginPlatforms(plugin) || '-' },
    { title: 'STATUS', text: pluginStatus },
  ],
  padsLastCell: true,
  quiet: (plugin) => plugin.id,
  json: (plugin) => ({
    Type: plugin.type,
    ID: plugin.id,
    Platforms: plugin.platforms.map((platform) => formatPlatform(platform)),
    Requires: plugin.requires,
    Capabilities: plugin.capabilities,
    Exports: plugin.exports,
    Status: pluginStatus(plugin),
    Error: plugin.initErr?.message ?? '',
  }),
};

/** The platforms a plugin serves, joined by commas. */
export function pluginPlatforms(plugin: Plugin): string {
  return plugin.platforms.map((platform) => formatPlatform(platform)).join(',');
}

/** ctr tells a plugin that declined to load from one that failed by the words of its error. */
function pluginStatus({ initErr }: Plugin): string {
  if (!initErr) return 'ok';
  return initErr.message.includes('skip plugin') ? 'skip' : 'error';
}
