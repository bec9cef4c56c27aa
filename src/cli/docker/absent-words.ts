import { ownName } from '../errors.js';

const build = `containerd builds nothing: nerdctl build, or buildctl build --output type=docker … | ${ownName} load`;
const system = `images: ${ownName} image usage and ${ownName} image prune --all; content: ${ownName} content prune references`;

/** Docker's words that are no words here, and what does the same on a node of containerd. */
const absentWords: ReadonlyMap<string, string> = new Map([
  ['build', build],
  ['builder', build],
  ['buildx', build],
  ['commit', 'nerdctl commit makes an image of a container'],
  ['compose', 'nerdctl compose reads the same files'],
  ['cp', `${ownName} exec CONTAINER tar -c -C /FOLDER FILE | tar -x`],
  ['diff', `${ownName} snapshot diff CONTAINER | tar -tz lists what a container has changed`],
  ['export', `a container: nerdctl export; an image: ${ownName} save`],
  ['history', `${ownName} image inspect --content IMAGE shows it with the config`],
  ['import', `an archive of images: ${ownName} load; a root file system: nerdctl import`],
  [
    'login',
    `nerdctl login, or docker login: docker's config.json is read; for one command --user NAME:PASSWORD`,
  ],
  [
    'logout',
    `no logins are kept here: nerdctl logout, or docker logout, takes them out of docker's config.json`,
  ],
  ['manifest', `${ownName} image inspect --content IMAGE`],
  ['network', `networks are those of CNI in /etc/cni/net.d: ${ownName} run --cni; or nerdctl network`],
  ['port', `no ports are published here: ${ownName} docker run --network host, or nerdctl port`],
  ['rename', 'an id stays as it is: nerdctl rename changes the name beside it'],
  ['restart', `${ownName} stop CONTAINER, then ${ownName} start CONTAINER`],
  ['search', 'a registry is searched on its web page'],
  ['stats', `${ownName} task metrics CONTAINER, or nerdctl stats`],
  ['system', system],
  ['update', 'nerdctl update changes the limits of a container'],
  ['volume', `a folder serves as one: ${ownName} docker run -v /FOLDER:/PATH; or nerdctl volume`],
]);

/** What to use instead of a word of docker's that tctr does not have; undefined for any other word. */
export const insteadOf = (word: string): string | undefined => absentWords.get(word);
