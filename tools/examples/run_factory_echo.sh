#!/usr/bin/env bash
# run_factory_echo.sh [OPTION...]: serves the echo plugin with mcp-factory, over stdio; with --http PORT over HTTP.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/program.sh"

program_of tools/McpScript.Factory mcp-factory
exec "${program[@]}" --config "$checkout/tools/examples/factory_echo.yaml" "$@"
