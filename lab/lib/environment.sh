# shellcheck shell=bash
# What the lab tells its users: shell exports in DIR/env, the same facts for programs in DIR/env.json.

running_containerds() {
  local version
  for version in 16 17 21; do
    [[ ! -S $DIR/$version/containerd.sock ]] || echo "$version"
  done
}

# 2.1.9+ds1-5 → 2.1.9
upstream_version() { # PACKAGE
  package_version "$1" | sed -E 's/^[0-9]+://; s/[^0-9.].*//'
}

write_environment() {
  environment_exports >"$DIR/env.new" && mv "$DIR/env.new" "$DIR/env"
  environment_json >"$DIR/env.json.new" && mv "$DIR/env.json.new" "$DIR/env.json"
}

print_environment() {
  [[ -f $DIR/env ]] || die "no lab is up in $DIR"
  cat "$DIR/env"
}

environment_exports() {
  local version
  echo "export TCTR_LAB_DIR=$DIR"
  for version in $(running_containerds); do
    echo "export TCTR_LAB_SOCK_$version=$DIR/$version/containerd.sock"
    echo "export TCTR_LAB_CTR_$version=$(containerd_ctr "$version")"
    echo "export TCTR_LAB_VERSION_$version=$(upstream_version "containerd-$version")"
  done
  echo "export TCTR_LAB_RUNC=$(package_dir runc)/usr/sbin/runc"
  if [[ -f $DIR/registry/port ]]; then
    echo "export TCTR_LAB_REGISTRY=$(registry_address)"
    echo "export TCTR_LAB_HOSTS_DIR=$DIR/certs.d"
    echo "export TCTR_LAB_SKOPEO=$DIR/bin/skopeo"
    echo "export TCTR_LAB_CNI_PLUGINS=$(package_dir cni-plugins)/usr/lib/cni"
  fi
  if [[ -S $DIR/dockerd/docker.sock ]]; then
    echo "export DOCKER_HOST=$(docker_host)"
    echo "export TCTR_LAB_DOCKER=$(package_dir docker-cli)/usr/bin/docker"
  fi
}

# No value needs escaping: DIR and CACHE are plain names and the rest is made of them, versions and numbers.
environment_json() {
  local version separator=
  printf '{\n  "dir": "%s",\n  "daemons": [' "$DIR"
  for version in $(running_containerds); do
    printf '%s\n    %s' "$separator" "$(daemon_json "$version")"
    separator=,
  done
  printf '\n  ]'
  [[ ! -f $DIR/registry/port ]] ||
    printf ',\n  "registry": "%s",\n  "hostsDir": "%s",\n  "skopeo": "%s",\n  "cniPlugins": "%s"' \
      "$(registry_address)" "$DIR/certs.d" "$DIR/bin/skopeo" "$(package_dir cni-plugins)/usr/lib/cni"
  [[ ! -S $DIR/dockerd/docker.sock ]] ||
    printf ',\n  "docker": { "host": "%s", "cli": "%s", "version": "%s", "containerd": "%s", "log": "%s" }' \
      "$(docker_host)" "$(package_dir docker-cli)/usr/bin/docker" "$(upstream_version dockerd)" \
      "$(dotted "$DOCKERD_CONTAINERD")" "$DIR/dockerd/log"
  printf '\n}\n'
}

daemon_json() { # VERSION
  printf '{ "version": "%s", "full": "%s", "socket": "%s", "ctr": "%s", "runc": "%s", "log": "%s" }' \
    "$(dotted "$1")" "$(upstream_version "containerd-$1")" "$DIR/$1/containerd.sock" "$(containerd_ctr "$1")" \
    "$(package_dir runc)/usr/sbin/runc" "$DIR/$1/log"
}

dotted() { # VERSION: 16 → 1.6
  echo "${1:0:1}.${1:1}"
}
