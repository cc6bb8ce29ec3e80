# What every script needs, sourced by them: the .NET SDK and Node are asked for, everything else is installed.
# Progress goes to standard error, so that a script's output can be read by programs.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 CDK_DISABLE_CLI_TELEMETRY=true

setup_tools() {
  command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: install it from https://dot.net and put dotnet on PATH." >&2; exit 3; }
  case "$(cd "$root" && dotnet --version 2>/dev/null)" in
    1[0-9].*) ;;
    *) echo "The .NET SDK here is not version 10: install it from https://dot.net." >&2; exit 3 ;;
  esac
  command -v node >/dev/null && command -v npm >/dev/null || { echo "Node.js with npm is missing: install version 20 or newer from https://nodejs.org and put node on PATH." >&2; exit 3; }
}

# The lock file's copy inside node_modules tells whether the installed packages are the pinned ones.
setup_node() {
  setup_tools
  if ! cmp -s "$root/package-lock.json" "$root/node_modules/.installed-lock.json"; then
    echo "Installing the Node packages ..." >&2
    (cd "$root" && npm ci --no-audit --no-fund --loglevel=error >&2)
    # The lock file holds DuckDB's library for Linux on x64; elsewhere the same version comes for that platform.
    local duckdb
    duckdb=$(cd "$root" && node -p '`@duckdb/node-bindings-${process.platform}-${process.arch}@${require("./package.json").optionalDependencies["@duckdb/node-bindings-linux-x64"]}`')
    [ -d "$root/node_modules/${duckdb%@*}" ] || (cd "$root" && npm install --no-save --no-audit --no-fund --loglevel=error "$duckdb" >&2)
    cp "$root/package-lock.json" "$root/node_modules/.installed-lock.json"
  fi
}

# Built only where a file is newer than the last build, so that a command answers at once.
setup_is_built() {
  [ -e "$1" ] && [ -z "$(find "$root" -mindepth 1 \
    \( -name node_modules -o -name .git -o -name artifacts -o -name cdk.out -o -name .local-cloud -o -name docs -o -name scripts -o -name cdk.json -o -name '*.md' \) -prune \
    -o -newer "$1" -print -quit)" ]
}

setup_build() {
  setup_node
  local log next stamp="$root/artifacts/bin/.built"
  ! setup_is_built "$stamp" || return 0
  [ -e "$stamp" ] || echo "Building, which takes a minute or two the first time ..." >&2
  mkdir -p "$root/artifacts/bin"
  log=$(mktemp)
  # What changes while it builds is built the next time.
  next=$(mktemp "$stamp.XXXXXX")
  if ! dotnet build "$root/PipelineStacks.sln" -c Release --nologo -v q >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log" "$next"
    exit 3
  fi
  mv "$next" "$stamp"
  rm -f "$log"
}

# Debian packages, each with a file that tells whether it is there: setup_packages awscli:/usr/bin/aws
# Elsewhere than on Debian or Ubuntu the tools have to be on PATH already; what is missing is said by the test that needs it.
setup_packages() {
  local missing=() pair
  for pair in "$@"; do
    [ -e "${pair#*:}" ] || missing+=("${pair%%:*}")
  done
  [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null || return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || { echo "Missing: ${missing[*]}. Install with: sudo apt-get install -y ${missing[*]}" >&2; exit 3; }
    as_root=(sudo -n)
  fi
  echo "Installing ${missing[*]} ..." >&2
  "${as_root[@]}" apt-get update -qq >&2 &&
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    { echo "Could not install ${missing[*]}. Install with: sudo apt-get install -y ${missing[*]}" >&2; exit 3; }
}

# MariaDB for the local cloud, which starts servers of its own: the one that Debian's package starts is stopped again, once,
# where the package was not there before.
setup_database() {
  [ ! -e /usr/sbin/mariadbd ] || return 0
  setup_packages mariadb-server:/usr/sbin/mariadbd mariadb-client:/usr/bin/mariadb
  [ -e /usr/sbin/mariadbd ] || return 0
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if [ -d /run/systemd/system ]; then
    "${as_root[@]}" systemctl disable --now mariadb >&2
  else
    "${as_root[@]}" service mariadb stop >&2 || true
  fi
}
