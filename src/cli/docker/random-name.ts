import { randomInt } from 'node:crypto';

const qualities =
  'amber brisk calm clever cosy crisp dapper eager early fair fleet gentle glad golden hardy honest jolly keen kind ' +
  'lively lucky mellow merry mild neat nimble noble patient plucky proud quick quiet ready silver sleek smart snug ' +
  'sober solid spry steady sunny swift tidy vivid warm wise witty young';
const things =
  'anchor barge beacon bollard bosun bowsprit bridge brig buoy cabin capstan cargo clipper compass coral crane crew ' +
  'current cutter deck delta dinghy dock dory ferry fjord galley gull harbor haven helm hull island jetty keel ketch ' +
  'lagoon lantern lighter locker mast mooring oar pier pilot port quay raft reef rigging rudder sail schooner sextant ' +
  'shoal skiff sloop sound spar starboard stern strait tender tide tiller trawler tug wharf yard yawl';

/** A name for a container that was given none: `swift_harbor`, valid as an id. */
export function randomName(): string {
  return `${pick(qualities)}_${pick(things)}`;
}

function pick(words: string): string {
  const list = words.split(' ');
  return list[randomInt(list.length)] ?? '';
}
