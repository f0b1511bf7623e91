#!/usr/bin/env bash
# connect_proxy_http.sh [PORT] [OPTION...]: opens a prompt on a proxy over HTTP; PORT is 12200 by default.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/program.sh"

port=${1:-12200}
[ $# -eq 0 ] || shift
program_of tools/McpScript.Client mcp-client
exec "${program[@]}" http "$@" "http://127.0.0.1:$port/mcp"
