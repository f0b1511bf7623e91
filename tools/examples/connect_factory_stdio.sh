#!/usr/bin/env bash
# connect_factory_stdio.sh [CONFIG] [OPTION...]: starts mcp-factory and talks to it at a prompt; CONFIG is factory_echo.yaml by default.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/program.sh"

config=${1:-$checkout/tools/examples/factory_echo.yaml}
[ $# -eq 0 ] || shift
program_of tools/McpScript.Factory mcp-factory
factory=("${program[@]}")
program_of tools/McpScript.Client mcp-client
exec "${program[@]}" stdio "$@" -- "${factory[@]}" --config "$config"
