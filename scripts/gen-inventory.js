// Makes test/compat/inventory.json, all that the real ctr of each release has: its commands, their aliases and flags, as
// the programs themselves tell in their help. It is run in the lab: `lab/lab run 16 17 21 -- npm run gen:inventory`.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = join(import.meta.dirname, '../test/compat/inventory.json');
const programs = { 1.6: 'TCTR_LAB_CTR_16', 1.7: 'TCTR_LAB_CTR_17', 2.1: 'TCTR_LAB_CTR_21' };

/** What every command has, and what says nothing about it. */
const everywhere = new Set(['help', 'version', 'generate-bash-completion']);

const commands = new Map();
for (const [version, variable] of Object.entries(programs)) {
  const ctr = process.env[variable];
  if (ctr === undefined) throw new Error(`${variable} is not set: run it in the lab (lab/README.md)`);
  ask(ctr, version, [], []);
}
const rows = [...commands.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
writeFileSync(target, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
console.log(`${rows.length} commands, ${rows.flatMap(({ flags }) => flags).length} flags`);

/** Asks one command for its help, and those below it for theirs. */
function ask(ctr, version, path, aliases) {
  const help = sections(execFileSync(ctr, [...path, '--help'], { encoding: 'utf8' }));
  const children = (help.get('COMMANDS') ?? []).map(namesOf).filter(([name]) => name !== 'help');
  const flags = ['OPTIONS', 'GLOBAL OPTIONS'].flatMap((title) => (help.get(title) ?? []).flatMap(flagOf));
  const key = path.join(' ');
  const command = commands.get(key) ?? {
    path: key,
    topic: children.length > 0,
    versions: [],
    aliases: [],
    flags: [],
  };
  commands.set(key, command);
  command.versions.push(version);
  for (const name of aliases) add(command.aliases, name, {}, version);
  for (const { name, ...more } of flags) add(command.flags, name, more, version);
  // A flag that an older release lists may have gone out of the help only.
  for (const flag of command.flags) {
    if (!flag.versions.includes(version) && takes(ctr, path, flag)) flag.versions.push(version);
  }
  for (const [name, ...others] of children) ask(ctr, version, [...path, name], others);
}

/** Whether a command takes a flag, listed or not: it shows its help then, and else refuses. */
function takes(ctr, path, { name, value }) {
  const { status } = spawnSync(ctr, [...path, value ? `--${name}=1` : `--${name}`, '--help']);
  return status === 0;
}

function add(list, name, more, version) {
  const known = list.find((item) => item.name === name);
  if (known) {
    known.versions.push(version);
    known.names = [...new Set([...(known.names ?? []), ...(more.names ?? [])])];
    if (known.names.length === 0) delete known.names;
  } else list.push({ name, ...more, versions: [version] });
}

/** The indented lines below each title. */
function sections(text) {
  const found = new Map();
  let lines = [];
  for (const line of text.split('\n')) {
    const title = /^([A-Z ]+):$/.exec(line)?.[1];
    if (title) found.set(title, (lines = []));
    else if (line.trim() !== '') lines.push(line);
  }
  return found;
}

/** `   images, image, i    Manage images` */
function namesOf(line) {
  return line
    .trim()
    .split(/ {2,}/)[0]
    .split(',')
    .map((name) => name.trim());
}

/** `   --user value, -u value    User[:password]`; a boolean has no value. */
function flagOf(line) {
  const shown = /^ {3}(-.*?)(?: {2,}|$)/.exec(line)?.[1];
  if (shown === undefined) return [];
  const names = [...shown.matchAll(/(?:^|[ [])--?([\w-]+)/g)].map(([, name]) => name);
  const [name] = names;
  if (everywhere.has(name)) return [];
  const value =
    shown
      .replace(/ \[.*\]$/, '')
      .replaceAll(/-[\w-]+(?:, )?/g, '')
      .trim() !== '';
  return [{ name, names: [...new Set(names)], value }];
}
