# Sourced by the other scripts of this folder: finds the programs of this checkout.
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# program_of FOLDER NAME: sets $program to the command that starts a program: the latest build, or an installed one, or dotnet run.
program_of() {
  local project built
  project=$(basename "$checkout/$1"/*.csproj .csproj)
  built=$(ls -t "$checkout"/artifacts/bin/"$project"/{release,debug}/"$2" 2>/dev/null | head -n 1 || true)
  if [ -n "$built" ]; then
    program=("$built")
  elif command -v "$2" >/dev/null; then
    program=("$2")
  else
    program=(dotnet run --project "$checkout/$1" --)
  fi
}
