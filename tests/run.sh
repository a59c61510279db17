#!/usr/bin/env bash
# Builds everything and runs all tests.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build Pipe.sln
dotnet test Pipe.sln --no-build
