# shellcheck shell=bash
# Taking the lab down, in the order in which nothing can start anew: containers, dockerd, containerd, shims, registry,
# then what they leave in the machine: mounts, shim sockets, runc's state, cgroups, DIR.

RUNC_STATE=/run/containerd/runc
SHIM_SOCKETS=/run/containerd/s

lab_down() {
  require_root
  lock_cache
  if [[ -e $DIR && ! -f $DIR/$MARKER ]]; then die "not a lab's directory: $DIR"; fi
  stop_lab
  rm -rf --one-file-system -- "$DIR"
}

stop_lab() {
  local namespaces sockets shims
  namespaces=$(container_namespaces)
  delete_containers
  stop_named 10 dockerd
  delete_containers
  sockets=$(shim_sockets)
  stop_named 10 containerd
  mapfile -t shims < <(lab_processes containerd-shim-runc-v2)
  kill_children "${shims[@]}"
  stop_processes 0 "${shims[@]}"
  stop_named 5 docker-registry
  stop_named 0
  delete_containers
  unmount_below
  remove_leftovers "$sockets" "$namespaces"
}

stop_named() { # SECONDS [NAME]
  local pids
  mapfile -t pids < <(lab_processes "${2:-}")
  stop_processes "$1" "${pids[@]}"
}

# runc knows each container's bundle; the lab's are below DIR. dockerd's runc keeps its state below DIR too.
delete_containers() {
  local state runc
  runc=$(package_dir runc)/usr/sbin/runc
  for state in "$RUNC_STATE"/*/*/state.json "$DIR"/dockerd/exec/runtime-runc/*/*/state.json; do
    grep -qsF "\"bundle=$DIR/" "$state" || continue
    state=$(dirname "$state")
    "$runc" --root "$(dirname "$state")" delete --force "$(basename "$state")" 2>/dev/null || rm -rf -- "$state"
  done
}

# What runc does not know of (a container with a runc root of its own) is still a child of its shim.
kill_children() { # PID...
  local pid children
  for pid in "$@"; do
    read -r -d '' -a children < <(cat "/proc/$pid/task/"*/children 2>/dev/null) || true
    ((${#children[@]} == 0)) || kill -KILL "${children[@]}" 2>/dev/null || true
  done
}

container_namespaces() {
  local dir
  for dir in "$DIR"/*/{state,root}/io.containerd.runtime.v2.task/*/; do
    [[ ! -d $dir ]] || basename "$dir"
  done | sort -u
}

# Shim sockets have names that say nothing: the bundles of living and dead shims tell them, and the shims' own files.
shim_sockets() {
  local pid inodes
  grep -rhoIE "$SHIM_SOCKETS/[0-9a-f]{64}" --include=address --include=bootstrap.json "$DIR"/*/state 2>/dev/null || true
  for pid in $(lab_processes containerd-shim-runc-v2); do
    inodes=$(find "/proc/$pid/fd" -lname 'socket:*' -printf '%l ' 2>/dev/null | tr -d 'socket:[]')
    awk -v inodes=" $inodes" -v below="$SHIM_SOCKETS/" \
      'index($8, below) == 1 && index(inodes, " " $7 " ") { print $8 }' /proc/net/unix
  done
}

# The last mounted first; a mount that something still holds is detached.
unmount_below() {
  local target
  while read -r target; do
    target=$(printf '%b' "$target")
    umount "$target" 2>/dev/null || umount --lazy "$target" || die "cannot unmount $target"
  done < <(awk -v below="$DIR/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | tac)
}

# Directories that labs and other containerds share go only when they are empty.
remove_leftovers() { # SOCKETS NAMESPACES
  local socket namespace
  for socket in $1; do rm -f -- "$socket"; done
  for namespace in $2; do
    rmdir "$RUNC_STATE/$namespace" /sys/fs/cgroup/"$namespace" /sys/fs/cgroup/*/"$namespace" 2>/dev/null || true
  done
  rmdir "$RUNC_STATE" "$SHIM_SOCKETS" /run/containerd/fifo /run/containerd 2>/dev/null || true
}
