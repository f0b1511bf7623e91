# Sourced by the scripts beside it: finds the programs of this checkout.
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# program_of FOLDER NAME: how to start a program: the one that was built last, else an installed one, else by building it.
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
