// Generates src/gen from proto/: `node scripts/gen-proto.js`.
// With --check it generates elsewhere and ends with 1, naming the files, if src/gen is not what proto/ says.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const committed = join(root, 'src/gen');

/** ts-proto's options, with what each is for where that is not plain. */
const options = {
  annotateFilesWithVersion: false, // an update of ts-proto that changes nothing shows no diff
  esModuleInterop: true,
  exportCommonSymbols: false,
  forceLong: 'bigint',
  importSuffix: '.js',
  outputJsonMethods: false,
  outputPartialMethods: false, // a message names all its fields, so a new field is seen by every writer
  outputServices: 'generic-definitions', // tables of methods, tied to no gRPC library
  outputTypeAnnotations: 'static-only', // Codec.$type is the full name: the type URL
  unrecognizedEnum: false,
  useDate: false, // a Date would lose the nanoseconds
  useMapType: true, // the keys are untrusted: "__proto__" must be a key like any other
  useReadonlyTypes: true,
};

function run(command, args) {
  const { error, status, signal } = spawnSync(join(root, 'node_modules/.bin', command), args, {
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status ?? signal}`);
}

const filesUnder = (directory) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

function generate(directory) {
  const plugin = {
    local: join(root, 'node_modules/.bin/protoc-gen-ts_proto'),
    out: directory,
    strategy: 'all',
    opt: Object.entries(options).map(([name, value]) => `${name}=${value}`),
  };
  run('buf', [
    'generate',
    join(root, 'proto'),
    '--template',
    JSON.stringify({ version: 'v2', plugins: [plugin] }),
  ]);
  for (const file of filesUnder(directory)) {
    const path = join(directory, file);
    // useReadonlyTypes covers arrays, not maps.
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/^( {2}readonly \w+\??: )Map</gm, '$1ReadonlyMap<'),
    );
  }
}

/** Returns one line for each file that differs between src/gen and `fresh`. */
function differences(fresh) {
  const wanted = new Set(filesUnder(fresh));
  const present = new Set(filesUnder(committed));
  const same = (file) => readFileSync(join(fresh, file)).equals(readFileSync(join(committed, file)));
  return [
    ...[...wanted].filter((file) => !present.has(file)).map((file) => `missing  ${file}`),
    ...[...present].filter((file) => !wanted.has(file)).map((file) => `surplus  ${file}`),
    ...[...wanted].filter((file) => present.has(file) && !same(file)).map((file) => `changed  ${file}`),
  ];
}

const fresh = mkdtempSync(join(tmpdir(), 'tctr-gen-'));
try {
  generate(fresh);
  if (process.argv.includes('--check')) {
    const stale = differences(fresh);
    if (stale.length > 0) {
      console.error(`src/gen is stale: run node scripts/gen-proto.js\n${stale.join('\n')}`);
      process.exitCode = 1;
    }
  } else {
    rmSync(committed, { recursive: true, force: true });
    cpSync(fresh, committed, { recursive: true });
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
