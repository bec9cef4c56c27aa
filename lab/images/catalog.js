import { HOST_PLATFORM, platformOf, pushImage, pushIndex } from './image.js';
import { busyboxRootfs, PATH } from './rootfs.js';

const ENTRYPOINT = `#!/bin/sh
echo "$0: Configuration complete; ready for start up"
exec "$@"
`;

/** busybox' httpd under nginx' name: it stays up, writes to both streams and ends at once on nginx' signals. */
const NGINX = `#!/bin/sh
trap 'echo "nginx: exiting" >&2; exit 0' QUIT TERM INT
httpd -f -p "\${NGINX_PORT:-80}" -h /usr/share/nginx/html &
echo "nginx: start worker processes"
echo "nginx: using the busybox event method" >&2
while :; do wait; done
`;

/** Pushes the images that every lab has; their references come back in the order in which they were pushed. */
export async function pushCatalog(registry, busybox) {
  const base = busyboxRootfs(busybox);
  const references = [];
  for (const [name, tag, push] of catalog(base)) {
    await push({ registry, name: `library/${name}` }, tag);
    references.push(`${registry}/library/${name}:${tag}`);
  }
  return references;
}

function catalog(base) {
  const single = (image) => (repository, tag) => pushImage(repository, image, tag);
  return [
    ['busybox', 'latest', single({ layers: [base], config: { Env: [PATH], Cmd: ['sh'] } })],
    ['nginx', 'alpine', single(nginx(base))],
    ['alpine', '3', (repository, tag) => pushIndex(repository, alpine(base), tag)],
    ['user', 'latest', single(user(base))],
    ['layers', 'latest', single({ layers: fiveLayers(base), config: { Env: [PATH], Cmd: ['sh'] } })],
  ];
}

function nginx(base) {
  const html = [
    { path: 'usr/share/' },
    { path: 'usr/share/nginx/' },
    { path: 'usr/share/nginx/html/' },
    { path: 'usr/share/nginx/html/index.html', data: '<h1>Welcome to nginx!</h1>\n' },
  ];
  const config = {
    ExposedPorts: { '80/tcp': {} },
    Env: [PATH, 'NGINX_VERSION=1.27.0', 'PKG_RELEASE=2'],
    Entrypoint: ['/docker-entrypoint.sh'],
    Cmd: ['nginx', '-g', 'daemon off;'],
    WorkingDir: '/usr/share/nginx/html',
    Labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>', 'com.example.lab': 'nginx' },
    StopSignal: 'SIGQUIT',
  };
  const program = [{ path: 'usr/sbin/nginx', mode: 0o755, data: NGINX }];
  const entrypoint = [{ path: 'docker-entrypoint.sh', mode: 0o755, data: ENTRYPOINT }];
  return { family: 'docker', layers: [base, program, html, entrypoint], config };
}

/** The second platform is there to be listed, filtered and pulled; its program runs on this machine only. */
function alpine(base) {
  const other = HOST_PLATFORM.architecture === 'amd64' ? 'arm64' : 'amd64';
  const config = { Env: [PATH], Cmd: ['/bin/sh'] };
  return [HOST_PLATFORM, platformOf(other)].map((platform) => ({
    platform,
    config,
    packed: true,
    layers: [[...base, { path: 'etc/alpine-release', data: '3.20.0\n' }, osRelease(platform)]],
  }));
}

function osRelease({ architecture }) {
  const lines = [
    'NAME="Alpine Linux"',
    'ID=alpine',
    'VERSION_ID=3.20.0',
    `LAB_ARCHITECTURE=${architecture}`,
    '',
  ];
  return { path: 'etc/os-release', data: lines.join('\n') };
}

function user(base) {
  const config = {
    User: 'alice',
    Env: [PATH],
    Cmd: ['id'],
    WorkingDir: '/home/alice',
    Labels: { owner: 'alice' },
  };
  return { layers: [base], config };
}

/** Five layers with everything that one layer can do to another: change, add, link, remove, hide. */
function fiveLayers(base) {
  return [
    base,
    [
      { path: 'layers/' },
      { path: 'layers/changed', data: 'two\n' },
      { path: 'layers/removed', data: 'two\n' },
      { path: 'layers/hidden/' },
      { path: 'layers/hidden/old', data: 'two\n' },
    ],
    [
      { path: 'layers/changed', data: 'three\n', mode: 0o600 },
      { path: 'layers/original', data: 'three\n' },
      { path: 'layers/hardlink', hardlink: 'layers/original' },
      { path: 'layers/symlink', symlink: 'original' },
    ],
    [{ path: 'layers/.wh.removed' }, { path: 'layers/four', data: 'four\n', uid: 1000, gid: 1000 }],
    [
      { path: 'layers/hidden/' },
      { path: 'layers/hidden/.wh..wh..opq' },
      { path: 'layers/hidden/new', data: 'five\n' },
    ],
  ];
}
