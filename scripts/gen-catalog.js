// Makes src/commands/catalog.ts, the tree of commands, from the command files: names from their paths,
// aliases and summaries from their classes, topics from their topic.ts. `--check` only compares.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');
const commands = join(root, 'src/commands');
const target = join(commands, 'catalog.ts');

const files = readdirSync(commands, { recursive: true })
  .filter((file) => file.endsWith('.ts') && file !== 'catalog.ts')
  .sort();

const modules = await loadAll(files);
const text = await format(source(tree('', files)), {
  ...(await resolveConfig(target)),
  parser: 'typescript',
});

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('src/commands/catalog.ts is not current: run npm run gen:catalog');
    process.exitCode = 1;
  }
} else writeFileSync(target, text);

/** Loads every command file once, bundled on the fly; nothing is written into the tree. */
async function loadAll(names) {
  const dir = mkdtempSync(join(root, 'node_modules/.catalog-'));
  try {
    await build({
      entryPoints: names.map((name) => join(commands, name)),
      outdir: dir,
      outbase: commands,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    });
    const loaded = names.map(async (name) => [
      name,
      await import(pathToFileURL(join(dir, name.replace(/\.ts$/, '.mjs'))).href),
    ]);
    return new Map(await Promise.all(loaded));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The nodes below a folder: its command files, and its sub-folders with a topic.ts. */
function tree(folder, all) {
  const inside = all.filter((file) => folder === '' || file.startsWith(`${folder}/`));
  const names = new Set(inside.map((file) => relative(folder, file).split('/')[0]));
  names.delete('topic.ts');
  return [...names].map((name) => {
    const path = join(folder, name);
    return name.endsWith('.ts') ? leaf(path) : topic(path, all);
  });
}

function leaf(file) {
  const found = Object.entries(modules.get(file)).filter(
    ([, value]) => value.prototype?.run && 'interspersed' in value,
  );
  if (found.length !== 1) throw new Error(`src/commands/${file} must export one command class`);
  const [exported, command] = found[0];
  return {
    name: file.split('/').at(-1).replace(/\.ts$/, ''),
    aliases: command.aliases,
    summary: command.summary,
    ...(command.hidden ? { hidden: true } : {}),
    ...(command.grammar === 'docker' ? { grammar: 'docker' } : {}),
    load: `() => import('./${file.replace(/\.ts$/, '.js')}').then((module) => module.${exported})`,
  };
}

function topic(path, all) {
  const { topic: about } = modules.get(join(path, 'topic.ts')) ?? {};
  if (!about) throw new Error(`src/commands/${path}/topic.ts must export the topic`);
  return { name: path.split('/').at(-1), ...about, children: tree(path, all) };
}

function source(children) {
  return `// Made by scripts/gen-catalog.js from the command files. Not edited by hand.
import type { CatalogNode } from '../cli/catalog.js';

/** Every command, without loading one. */
export const catalog: CatalogNode = {
  name: '',
  aliases: [],
  summary: 'tctr: containerd on the command line, for people. Every ctr command, docker’s words, and who owns what.',
  children: [${children.map(node).join(',')}],
};
`;
}

function node({ load, children, ...rest }) {
  const fields = Object.entries(rest).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  if (load) fields.push(`load: ${load}`);
  if (children) fields.push(`children: [${children.map(node).join(',')}]`);
  return `{ ${fields.join(', ')} }`;
}
