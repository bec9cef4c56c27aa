#!/usr/bin/env bash
# The main job on real containers: a registry, a containerd and a dockerd are brought up, tctr works with them, and all
# of it is taken down again. Needs root and Node.js; Debian's packages are fetched where they are missing.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

if [ "${1:-}" != --in-lab ]; then
  [ -d node_modules/esbuild ] || npm ci --ignore-scripts --no-audit --no-fund
  node scripts/build.js
  exec lab/lab run 17 21 registry dockerd -- scripts/demo.sh --in-lab
fi

tctr() { bin/run.js "$@"; }

# show LABEL… : prints a command as a user would type it, then runs it.
show() {
  printf '\n\033[1m$ tctr %s\033[0m\n' "$*"
  tctr "${@}"
}

export CONTAINERD_ADDRESS=$TCTR_LAB_SOCK_21
image=docker.io/library/nginx:alpine

show version
show image pull --hosts-dir "$TCTR_LAB_HOSTS_DIR" $image
show image ls
show container create --cwd / $image nginx
show container ls
show task start -d nginx
show task ls
show task exec --exec-id 0 nginx sh -c 'echo "inside: $(hostname), $(ls / | tr "\n" " ")"'
if [ -t 0 ] && [ -t 1 ]; then show task exec --exec-id 1 -t nginx sh; fi
show container info --spec nginx | head -n 12
show task rm -f nginx
show container rm nginx

printf '\n\033[1m# docker’s words over the same code\033[0m\n'
show run --rm --name hello $image echo 'hello from a container'
show run -d --name web $image
show ps
show exec web cat /etc/hostname || true
show rm -f web

printf '\n\033[1m# who else is there? dockerd keeps its containers in the namespace moby\033[0m\n'
lab/lab moby --dir "$TCTR_LAB_DIR" database >/dev/null
export CONTAINERD_ADDRESS=$TCTR_LAB_SOCK_17
show -n moby container ls
show -n moby task ls
show -n moby ps

export CONTAINERD_ADDRESS=$TCTR_LAB_SOCK_21
show namespace create test
show namespace ls
show namespace rm test
show image rm $image
