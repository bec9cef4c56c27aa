# shellcheck shell=bash
# Bringing the lab up. Every step first looks whether it is done, so a second up is quick and a broken one is mended.

MARKER=.tctr-lab
MEMORY_NEEDED_KIB=$((2 << 20))

lab_up() {
  local part parts
  require_root
  parts=$(wanted_parts)
  umask 022
  lock_cache
  claim_directory
  for part in $parts; do ensure_part_packages "$part"; done
  for part in $parts; do start_part "$part"; done
  write_environment
}

# One lab command at a time changes what is on the disk; a daemon does not inherit the lock.
lock_cache() {
  mkdir -p "$CACHE"
  exec 9>"$CACHE/lock"
  flock 9
}

# The marker is what allows down to remove the directory.
claim_directory() {
  if [[ -e $DIR && ! -f $DIR/$MARKER ]]; then
    [[ -d $DIR && -z $(ls -A "$DIR") ]] || die "not a lab's directory, and not empty: $DIR"
  fi
  mkdir -p "$DIR"
  [[ -z $IN_MEMORY ]] || keep_in_memory
  chmod 0700 "$DIR"
  : >"$DIR/$MARKER"
}

# The daemons wait for the disk with every change they note: in memory they take a quarter less time. Where memory is
# short, the disk is good enough.
keep_in_memory() {
  local available
  available=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)
  if ((available < MEMORY_NEEDED_KIB)) || mountpoint -q "$DIR" || [[ -f $DIR/$MARKER ]]; then return 0; fi
  mount -t tmpfs -o mode=0700 tctr-lab "$DIR"
}

ensure_part_packages() { # PART
  case $1 in
    registry) ensure_registry_packages ;;
    dockerd) ensure_dockerd_packages ;;
    *) ensure_containerd_packages "$1" ;;
  esac
}

start_part() { # PART
  case $1 in
    registry) start_registry && push_images ;;
    dockerd) start_dockerd ;;
    *) start_containerd "$1" ;;
  esac
}

lab_status() {
  local pid
  for pid in $(lab_processes); do
    printf '%s\t%s\n' "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline")"
  done
}
