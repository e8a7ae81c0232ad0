#!/usr/bin/env bash
# Makes the pictures of the README from the running product: the sample vendor, a browser, a folder of PNG files.
#   bash samples/pictures.sh [FOLDER]      FOLDER is samples/pictures unless named
# Needs what the tests need (see tests/run.sh): chromium, qpdf, poppler-utils, libpangocairo and a font.
set -euo pipefail
cd "$(dirname "$0")/.."
into=$(realpath -m "${1:-samples/pictures}")
mkdir -p "$into"
dotnet build tests/TrustCenter.Tests -v q -nologo
TRUSTCENTER_README_PICTURES="$into" dotnet test tests/TrustCenter.Tests --no-build --nologo --filter "FullyQualifiedName~ReadmePictures" --logger "console;verbosity=minimal"
ls -l "$into"
