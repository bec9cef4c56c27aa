# shellcheck shell=bash
# Debian's docker-registry on a free port of 127.0.0.1, and the images that node builds and pushes to it.

ensure_registry_packages() {
  command -v node >/dev/null || die 'the images are built with node: install Node.js 20 or newer'
  ensure_package registry docker-registry usr/bin/docker-registry bookworm
  ensure_package busybox busybox-static bin/busybox bookworm
  ensure_tools
}

registry_address() {
  echo "127.0.0.1:$(cat "$DIR/registry/port")"
}

start_registry() {
  local home=$DIR/registry
  [[ -z $(lab_processes docker-registry) ]] || return 0
  mkdir -p "$home"
  registry_config >"$home/config.yml"
  : >"$home/log"
  launch "$home/log" "$(package_dir registry)/usr/bin" docker-registry serve "$home/config.yml"
  await_ready registry $! "$home/log" save_registry_port
  write_hosts_directory
  write_tools
  say "registry $(package_version registry) at $(registry_address)"
}

# Port 0 lets the kernel choose; a registry that is started again keeps its port, as images are named after it.
registry_config() {
  cat <<YAML
version: 0.1
log:
  level: info
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: $DIR/registry/data
  delete:
    enabled: true
validation:
  manifests:
    urls:
      allow:
        - ^https://layers\.example\.com/
http:
  addr: 127.0.0.1:$(cat "$DIR/registry/port" 2>/dev/null || echo 0)
  secret: the-lab-is-on-loopback-only
YAML
}

save_registry_port() {
  local port
  port=$(sed -nE 's/.*listening on 127\.0\.0\.1:([0-9]+).*/\1/p' "$DIR/registry/log" | tail -n 1)
  [[ -n $port ]] && echo "$port" >"$DIR/registry/port"
}

write_hosts_directory() {
  local host
  for host in docker.io _default; do
    mkdir -p "$DIR/certs.d/$host"
    cat >"$DIR/certs.d/$host/hosts.toml" <<TOML
server = "http://$(registry_address)"

[host."http://$(registry_address)"]
  capabilities = ["pull", "resolve"]
TOML
  done
}

push_images() {
  [[ ! -f $DIR/registry/images ]] || return 0
  node "$LAB_HOME/images/push.js" "$(registry_address)" "$(package_dir busybox)/bin/busybox" >"$DIR/registry/images.new" ||
    die "pushing the images failed (log: $DIR/registry/log)"
  mv "$DIR/registry/images.new" "$DIR/registry/images"
}

push_big_image() {
  [[ ${WORDS[0]:-} == big && ${WORDS[1]:-} =~ ^[1-9][0-9]*$ && ${WORDS[2]:-} =~ ^[1-9][0-9]*$ && ${#WORDS[@]} -eq 3 ]] ||
    die 'usage: lab image big SIZE_MB LAYERS'
  [[ -n $(lab_processes docker-registry) ]] || die "no registry runs in $DIR: lab up registry"
  node "$LAB_HOME/images/push.js" "$(registry_address)" "$(package_dir busybox)/bin/busybox" "${WORDS[@]}"
}
