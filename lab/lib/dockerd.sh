# shellcheck shell=bash
# A real dockerd on the lab's containerd 1.7, so that a real moby namespace exists there.

DOCKERD_CONTAINERD=17

ensure_dockerd_packages() {
  ensure_package dockerd docker.io usr/sbin/dockerd testing trixie
  ensure_package docker-cli docker-cli usr/bin/docker testing trixie
}

docker_host() {
  echo "unix://$DIR/dockerd/docker.sock"
}

docker_cli() {
  env -u DOCKER_CONTEXT DOCKER_CONFIG="$DIR/dockerd/client" DOCKER_HOST="$(docker_host)" \
    "$(package_dir docker-cli)/usr/bin/docker" "$@"
}

start_dockerd() {
  local home=$DIR/dockerd
  [[ -z $(lab_processes dockerd) ]] || return 0
  mkdir -p "$home"
  echo '{}' >"$home/daemon.json"
  : >"$home/log"
  launch "$home/log" "$(package_dir dockerd)/usr/sbin:$(package_dir dockerd)/usr/bin:$(package_dir runc)/usr/sbin" \
    dockerd --config-file "$home/daemon.json" --host "$(docker_host)" --containerd "$DIR/$DOCKERD_CONTAINERD/containerd.sock" \
    --data-root "$home/data" --exec-root "$home/exec" --pidfile "$home/pid" \
    --bridge=none --iptables=false --ip6tables=false --userland-proxy=false
  await_ready dockerd $! "$home/log" docker_cli version
  say "dockerd $(package_version dockerd) at $home/docker.sock"
}

run_moby_container() {
  local name=${WORDS[0]:?usage: lab moby NAME} image
  [[ -n $(lab_processes dockerd) ]] || die "no dockerd runs in $DIR: lab up dockerd"
  image=$(registry_address)/library/nginx:alpine
  docker_cli pull --quiet "$image" >/dev/null
  docker_cli run --detach --name "$name" --network none "$image"
}
