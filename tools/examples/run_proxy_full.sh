#!/usr/bin/env bash
# run_proxy_full.sh [OPTION...]: serves proxy_full.yaml over HTTP, on http://127.0.0.1:12200/mcp, or on the port in the variable PORT.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/program.sh"

program_of proxy mcp-proxy
exec "${program[@]}" serve --config "$checkout/tools/examples/proxy_full.yaml" "$@"
