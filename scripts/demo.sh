#!/usr/bin/env bash
# The main job on real containers: a registry, two containerds and a dockerd are brought up, tctr works with them, and
# all of it is taken down again. Needs root and Node.js; Debian's packages are fetched where they are missing.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

if [[ ${1:-} != --in-lab ]]; then
  [[ -d node_modules/esbuild ]] || npm ci --ignore-scripts --no-audit --no-fund
  node scripts/build.js
  exec lab/lab run 17 21 registry dockerd -- scripts/demo.sh --in-lab
fi

say() {
  printf '\n\033[1m# %s\033[0m\n' "$1"
}

# Prints a command as a user would type it, then runs it.
tctr() {
  local word line=tctr
  for word; do
    [[ $word =~ ^[A-Za-z0-9_./:=@,-]+$ ]] || word=${word@Q}
    line+=" $word"
  done
  printf '\n\033[1m$ %s\033[0m\n' "$line"
  bin/run.js "$@"
}

image=docker.io/library/nginx:alpine

export CONTAINERD_ADDRESS=$TCTR_LAB_SOCK_21
say "ctr's commands, on containerd $TCTR_LAB_VERSION_21 (CONTAINERD_ADDRESS names its socket)"
tctr version
tctr image pull --hosts-dir "$TCTR_LAB_HOSTS_DIR" $image
tctr image ls
tctr container create $image nginx
tctr container ls
tctr container info nginx | sed -n '1,14p'
tctr task start -d nginx
tctr task ls
tctr task exec --exec-id 0 nginx sh -c 'hostname && ls /usr/share/nginx/html'
# A terminal only for who has one.
if [[ -t 0 && -t 1 ]]; then tctr task exec --exec-id 1 -t nginx tty; fi
tctr task rm -f nginx
tctr container rm nginx

say "docker's words, over the same code"
tctr run --rm --name hello $image echo 'hello from a container'
tctr run -d --name web $image
tctr ps
tctr exec web ls /usr/share/nginx/html
tctr logs web
tctr rm -f web

lab/lab moby --dir "$TCTR_LAB_DIR" database >/dev/null
export CONTAINERD_ADDRESS=$TCTR_LAB_SOCK_17
say "who else is there? a real dockerd runs \"database\" on containerd $TCTR_LAB_VERSION_17, in the namespace moby"
tctr namespace ls
tctr -n moby container ls
tctr -n moby task ls
tctr -n moby ps

export CONTAINERD_ADDRESS=$TCTR_LAB_SOCK_21
say 'and clean up'
tctr namespace create test
tctr namespace ls
tctr namespace rm test
tctr image rm $image
