#!/usr/bin/env bash
# Makes artifacts/pipe: one native file with everything in it. Options are passed on to dotnet publish.
set -euo pipefail
cd "$(dirname "$0")/.."

# What the native linker needs, and the Debian package it comes in.
lib=/usr/lib/$(uname -m)-linux-gnu
packages=()
command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null || packages+=(gcc libc6-dev)
[ -e "$lib/libz.a" ] || [ -e "$lib/libz.so" ] || packages+=(zlib1g-dev)
[ -e "$lib/libsqlite3.a" ] || packages+=(libsqlite3-dev)
[ -e "$lib/libssl.a" ] || packages+=(libssl-dev)
# .NET compiles its layer over OpenSSL on the way.
command -v cmake >/dev/null || packages+=(cmake)
command -v make >/dev/null || packages+=(make)

if [ ${#packages[@]} -gt 0 ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -q -o Acquire::Retries=3 >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o Acquire::Retries=3 --no-install-recommends "${packages[@]}" >/dev/null
    else
        echo "missing: ${packages[*]}" >&2
        echo "as root: apt-get install ${packages[*]}" >&2
        exit 1
    fi
fi
command -v dotnet >/dev/null || { echo "missing: the .NET SDK 10 (https://dotnet.microsoft.com)" >&2; exit 1; }

# .NET names a variable that its own project does not use.
export CMAKE_EXTRA_ARGS=--no-warn-unused-cli
dotnet publish src/Pipe/Pipe.csproj -c Release --use-current-runtime -o src/Pipe/obj/publish --nologo -v quiet "$@"

# A program that is replaced while mail arrives must be there at every moment.
mkdir -p artifacts
cp src/Pipe/obj/publish/pipe artifacts/pipe.new
mv artifacts/pipe.new artifacts/pipe
echo "artifacts/pipe  $(stat -c %s artifacts/pipe) bytes"
