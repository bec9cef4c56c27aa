// node sweep-sockets.js DIRECTORY
// Removes the unix sockets in DIRECTORY that nobody listens on. A shim's socket has a hash for a name and outlives a
// shim that was killed, so who answers is the only way to tell whose it was.
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** @param {string} path */
const refuses = (path) =>
  new Promise((resolve) => {
    const socket = connect(path, () => resolve(false));
    socket.on('error', (error) => resolve(error.code === 'ECONNREFUSED'));
    socket.on('connect', () => socket.destroy());
  });

async function dead(paths) {
  const refused = await Promise.all(paths.map(refuses));
  return paths.filter((_, position) => refused[position]);
}

function sockets(directory) {
  const names = readdirSync(directory);
  return names.map((name) => join(directory, name)).filter((path) => lstatSync(path).isSocket());
}

/** A socket that is bound but not yet listened on refuses too, for a moment. */
async function sweep(directory) {
  const suspects = await dead(sockets(directory));
  if (suspects.length > 0) await setTimeout(100);
  for (const path of await dead(suspects)) rmSync(path, { force: true });
}

try {
  await sweep(process.argv[2]);
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
