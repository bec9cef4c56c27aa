# shellcheck shell=bash
# Debian packages, unpacked aside: nothing is installed, so no service of theirs starts and none of the machine's
# own files change. Each Debian release has an apt tree of its own; the mirror is the machine's.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

package_dir() { # NAME
  echo "$CACHE/packages/$1"
}

package_version() { # NAME
  cat "$(package_dir "$1")/VERSION"
}

# Makes sure that package DEB is unpacked under NAME and that its BINARY runs here, if it is not `-`; the first SUITE that serves, wins.
ensure_package() { # NAME DEB BINARY SUITE...
  local name=$1 deb=$2 binary=$3 suite reason=
  shift 3
  [[ ! -f $(package_dir "$name")/VERSION ]] || return 0
  for suite in "$@"; do
    if reason=$(unpack_package "$name" "$deb" "$binary" "$suite" 2>&1); then
      say "unpacked $deb $(package_version "$name") from $suite"
      return 0
    fi
  done
  die "no usable package $deb in $*: $(tail -n 1 <<<"$reason")"
}

unpack_package() { # NAME DEB BINARY SUITE
  local name=$1 deb=$2 binary=$3 suite=$4 fresh
  fresh=$(mktemp -d "$CACHE/new.XXXXXX") || return
  if download_package "$suite" "$deb" "$fresh" &&
    dpkg -x "$fresh"/*.deb "$fresh/files" &&
    dpkg-deb -f "$fresh"/*.deb Version >"$fresh/files/VERSION" &&
    runs_here "$fresh/files/$binary"; then
    mkdir -p "$CACHE/packages" && rm -rf "$(package_dir "$name")" && mv "$fresh/files" "$(package_dir "$name")"
    rm -rf "$fresh"
    return 0
  fi
  rm -rf "$fresh"
  return 1
}

runs_here() { # BINARY
  case $1 in
    */busybox | */-) ;; # a library has no program to try
    *) CNI_COMMAND=VERSION "$1" --version >/dev/null </dev/null ;;
  esac
}

download_package() { # SUITE DEB TARGET
  local tree=$CACHE/apt/$1
  refresh_suite "$1" || return
  (cd "$3" && apt_in "$tree" download "$2")
}

# The lists are fetched once in a run of the lab: stale ones name packages that the mirror no longer has.
refresh_suite() { # SUITE
  local tree=$CACHE/apt/$1 mirror signed=
  [[ $(cat "$tree/refreshed-by" 2>/dev/null) != "$$" ]] || return 0
  mirror=$(debian_mirror) || return
  [[ ! -f $KEYRING ]] || signed="[signed-by=$KEYRING] "
  mkdir -p "$tree/lists/partial" "$tree/cache/archives/partial" && chmod 0700 "$tree" || return
  echo "deb $signed$mirror $1 main" >"$tree/sources.list" && : >"$tree/status" || return
  apt_in "$tree" update && echo "$$" >"$tree/refreshed-by"
}

apt_in() { # TREE ARGUMENT...
  local tree=$1
  shift
  DEBIAN_FRONTEND=noninteractive apt-get -qq \
    -o Dir::Etc::sourcelist="$tree/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::Etc::preferences=- -o Dir::Etc::preferencesparts=- \
    -o Dir::State::lists="$tree/lists" -o Dir::State::status="$tree/status" -o Dir::Cache="$tree/cache" \
    -o APT::Sandbox::User=root -o Acquire::Retries=3 "$@"
}

# The mirror that the machine's own sources use for its release, whatever format they are written in.
debian_mirror() {
  local release mirror
  release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  mirror=$(apt-get update --print-uris | sed -nE "s#^'([^']+)/dists/$release/InRelease'.*#\1#p" | head -n 1)
  [[ -n $mirror ]] || { echo "apt's sources name no mirror for $release" && return 1; }
  echo "$mirror"
}
