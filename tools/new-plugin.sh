#!/usr/bin/env bash
# new-plugin.sh NAME [DIR]: makes a folder plugin DIR/NAME that works as it stands; DIR is 'plugins' unless given.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ "${1#-}" != "$1" ]; then
  echo "Usage: $0 NAME [DIR]" >&2
  exit 1
fi

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The one that was built last.
program=$(ls -t "$checkout"/artifacts/bin/McpScript.Proxy/{release,debug}/mcp-proxy 2>/dev/null | head -n 1 || true)
if [ -n "$program" ]; then
  exec "$program" new "$1" --dir "${2:-plugins}"
fi
if command -v mcp-proxy >/dev/null; then
  exec mcp-proxy new "$1" --dir "${2:-plugins}"
fi
exec dotnet run --project "$checkout/proxy" -- new "$1" --dir "${2:-plugins}"
