# shellcheck shell=bash
# Taking the lab down, in the order in which nothing can start anew: containers, dockerd, containerd, shims, registry,
# then what they leave in the machine: mounts, runc's state, cgroups, shim sockets, DIR.

RUNC_STATE=/run/containerd/runc
SHIM_SOCKETS=/run/containerd/s
CLIENT_FIFOS=/run/containerd/fifo
BUNDLES=state/io.containerd.runtime.v2.task

lab_down() {
  require_root
  lock_cache
  [[ -e $DIR ]] || return 0
  [[ -f $DIR/$MARKER ]] || die "not a lab's directory: $DIR"
  stop_lab
  ! mountpoint -q "$DIR" || umount "$DIR" || umount --lazy "$DIR"
  rm -rf --one-file-system -- "$DIR"
}

stop_lab() {
  local namespaces roots fifos
  namespaces=$(container_namespaces)
  roots=$(runc_roots)
  fifos=$(client_fifos)
  delete_containers "$roots"
  stop_named 10 dockerd
  stop_named 10 containerd
  stop_shims
  stop_named 5
  delete_containers "$roots"
  unmount_below
  remove_empty "$roots" "$namespaces"
  [[ -z $fifos ]] || xargs -d '\n' rm -rf -- <<<"$fifos"
  node "$LAB_HOME/lib/sweep-sockets.js" "$SHIM_SOCKETS"
  rmdir "$SHIM_SOCKETS" "$CLIENT_FIFOS" /run/containerd 2>/dev/null || true
}

stop_named() { # SECONDS [NAME]
  local pids
  mapfile -t pids < <(lab_processes "${2:-}")
  stop_processes "$1" "${pids[@]}"
}

# A shim that is asked to end waits for its containers; what runc does not know of is still a shim's child.
stop_shims() {
  local pid children
  for pid in $(lab_processes containerd-shim-runc-v2); do
    read -r -d '' -a children < <(cat "/proc/$pid/task/"*/children 2>/dev/null) || true
    ((${#children[@]} == 0)) || kill -KILL "${children[@]}" 2>/dev/null || true
  done
  stop_named 0 containerd-shim-runc-v2
}

container_namespaces() {
  local dir
  for dir in "$DIR"/*/"$BUNDLES"/*/ "$DIR"/*/"${BUNDLES/state/root}"/*/; do
    [[ ! -d $dir ]] || basename "$dir"
  done | sort -u
  [[ ! -d $DIR/dockerd ]] || echo docker
}

# A container may have a runc root of its own (dockerd's have): its bundle tells.
runc_roots() {
  {
    echo "$RUNC_STATE"
    cat "$DIR"/*/"$BUNDLES"/*/*/options.json 2>/dev/null | grep -oE '"root":"[^"]+"' | cut -d '"' -f 4 || true
  } | sort -u
}

# A detached container's FIFOs are made by its client and left to nobody; its shim has them open.
client_fifos() {
  local pid
  for pid in $(lab_processes containerd-shim-runc-v2); do
    find "/proc/$pid/fd" -lname "$CLIENT_FIFOS/*/*" -printf '%l\n' 2>/dev/null || true
  done | sed -E 's#/[^/]+$##' | sort -u
}

# runc knows each container's bundle; the lab's are below DIR.
delete_containers() { # ROOTS
  local root state runc
  runc=$(package_dir runc)/usr/sbin/runc
  while read -r root; do
    for state in "$root"/*/*/state.json; do
      grep -qsF "\"bundle=$DIR/" "$state" || continue
      state=$(dirname "$state")
      "$runc" --root "$(dirname "$state")" delete --force "$(basename "$state")" 2>/dev/null || rm -rf -- "$state"
    done
  done <<<"$1"
}

# The last mounted first; a mount that something still holds is detached.
unmount_below() {
  local target
  while read -r target; do
    target=$(printf '%b' "$target")
    umount "$target" 2>/dev/null || umount --lazy "$target" || die "cannot unmount $target"
  done < <(awk -v below="$DIR/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | tac)
}

# Directories of a namespace are shared with every other containerd of the machine: they go when they are empty.
remove_empty() { # ROOTS NAMESPACES
  local root namespace
  for namespace in $2; do
    rmdir /sys/fs/cgroup/"$namespace" /sys/fs/cgroup/*/"$namespace" 2>/dev/null || true
    while read -r root; do rmdir "$root/$namespace" 2>/dev/null || true; done <<<"$1"
  done
  while read -r root; do rmdir "$root" 2>/dev/null || true; done <<<"$1"
}
