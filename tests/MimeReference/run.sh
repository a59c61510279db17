#!/usr/bin/env bash
# Reads the reference messages of ../shared/mime with the program that made the reference results, compiled against our
# library unchanged, and compares. Without ../shared there is nothing to read, and that is said.
set -euo pipefail
cd "$(dirname "$0")/../.."
reference=${PIPE_MIME_REFERENCE:-../shared/mime}
if [ ! -d "$reference" ]; then
    echo "[SKIP] the reference messages are not at $reference"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$reference"/reader/* "$work"
chmod -R u+w "$work"
dotnet build src/Pipe.Mime -c Release -f net10.0 -v quiet
dotnet build "$work/reader.csproj" -v quiet -o "$work/out" \
    -p:MimeLibrary="$PWD/src/Pipe.Mime/bin/Release/net10.0/Pipe.Mime.dll" -p:MimeNamespace=Pipe.Mime
"$work/out/reader" all "$reference/messages" "$work/actual"
python3 "$reference/compare.py" "$work/actual" "$reference/expected" --verbose
