# What every script needs, sourced by them: the .NET SDK and Node are asked for, everything else is installed.
# Progress goes to standard error, so that a script's output can be read by programs.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1 CDK_DISABLE_CLI_TELEMETRY=true

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
    cp "$root/package-lock.json" "$root/node_modules/.installed-lock.json"
  fi
}

setup_build() {
  setup_node
  local log
  log=$(mktemp)
  if ! dotnet build "$root/PipelineStacks.sln" -c Release --nologo -v q >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 3
  fi
  rm -f "$log"
}
