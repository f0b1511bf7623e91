#!/usr/bin/env bash
# connect_proxy_http.sh [PORT] [OPTION...]: talks to a proxy over HTTP, at a prompt; the port is 12200 unless given.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/program.sh"

port=${1:-12200}
[ $# -eq 0 ] || shift
program_of tools/McpScript.Client mcp-client
exec "${program[@]}" http "$@" "http://127.0.0.1:$port/mcp"
