# shellcheck shell=bash
# containerd 1.6, 1.7 and 2.x, each with its own root, state, socket, configuration and PATH (a daemon finds runc and
# the shim of its own version there).

ensure_containerd_packages() { # VERSION
  ensure_package runc runc usr/sbin/runc bookworm
  case $1 in
    16) ensure_package containerd-16 containerd usr/bin/containerd bookworm ;;
    17) ensure_package containerd-17 containerd usr/bin/containerd trixie ;;
    21) ensure_package containerd-21 containerd usr/bin/containerd testing unstable ;;
  esac
}

containerd_ctr() { # VERSION
  echo "$(package_dir "containerd-$1")/usr/bin/ctr"
}

start_containerd() { # VERSION
  local version=$1 home=$DIR/$1
  [[ -z $(process_with containerd "$home/config.toml") ]] || return 0
  mkdir -p "$home/temp"
  containerd_config "$version" >"$home/config.toml"
  : >"$home/log"
  launch "$home/log" "$(package_dir "containerd-$version")/usr/bin:$(package_dir runc)/usr/sbin" \
    containerd --config "$home/config.toml"
  await_ready "containerd $(dotted "$version")" $! "$home/log" \
    "$(containerd_ctr "$version")" --connect-timeout 1s --address "$home/containerd.sock" version
  say "containerd $(package_version "containerd-$version") at $home/containerd.sock"
}

# CRI and NRI are off, as they want a network and sockets outside the lab. The parts that CRI is made of in 2.x stay:
# the sandbox service does not start without them.
containerd_config() { # VERSION
  local home=$DIR/$1 format=2 nri=', "io.containerd.nri.v1.nri"'
  [[ $1 != 16 ]] || nri=
  [[ $1 != 21 ]] || format=3
  cat <<TOML
version = $format
root = "$home/root"
state = "$home/state"
temp = "$home/temp"
disabled_plugins = ["io.containerd.grpc.v1.cri"$nri]

[grpc]
  address = "$home/containerd.sock"

[debug]
  address = "$home/debug.sock"
  level = "info"

[plugins."io.containerd.internal.v1.opt"]
  path = "$home/opt"
TOML
}
