// Completes package-lock.json: `node scripts/complete-lock.js`, after npm install has changed it.
// npm leaves out the optional packages (compiled programs for other systems) that its registry does not serve, and
// `npm ci` then refuses the lock for lacking them. They are never installed on Linux, so their name, version and
// system, which npm reads to skip them, are all that is needed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const systems = /darwin|win32|android|freebsd|openbsd|netbsd|sunos|aix|openharmony|linux/;
const processors = /arm64|aarch64|x64|ia32|x86|arm|ppc64|s390x|loong64|riscv64|mips64el|wasm32/;

const added = Object.entries(lock.packages).flatMap(([, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => systems.test(name) && lock.packages[`node_modules/${name}`] === undefined)
    .map(([name, version]) => [`node_modules/${name}`, entry(name, version, dev)]),
);

function entry(name, version, dev) {
  const os = systems.exec(name)[0];
  const cpu = processors.exec(name)?.[0].replace('aarch64', 'arm64').replace('x86', 'ia32');
  return { version, ...(cpu ? { cpu: [cpu] } : {}), ...(dev ? { dev } : {}), optional: true, os: [os] };
}

const sorted = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} packages added`);
