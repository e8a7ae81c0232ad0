#!/usr/bin/env bash
# Runs the trust center with two sample vendors: installs what is missing, builds, seeds, starts on loopback, prints the addresses.
# A second start keeps the data. DATA names another data folder, PORT another port.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-5080}
data=${DATA:-data/demo}

need=()
command -v qpdf >/dev/null || need+=(qpdf)
command -v pdftotext >/dev/null || need+=(poppler-utils)
ldconfig -p 2>/dev/null | grep libpangocairo-1.0.so.0 >/dev/null || need+=(libpangocairo-1.0-0)
{ command -v fc-list >/dev/null && fc-list 2>/dev/null | grep . >/dev/null; } || need+=(fontconfig fonts-noto-core)
if [ ${#need[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    root=(); [ "$(id -u)" = 0 ] || root=(sudo)
    echo "Installing ${need[*]} ..."
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
  else
    echo "Missing: ${need[*]}. Install them and start again:" >&2
    echo "  sudo apt-get install ${need[*]}" >&2
    exit 1
  fi
fi
command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing. Install the package dotnet-sdk-10.0 and start again." >&2; exit 1; }

echo "Building ..."
dotnet build src/TrustCenter.Host -c Release -v q -nologo
host=src/TrustCenter.Host/bin/Release/net10.0/TrustCenter.Host.dll
export TrustCenter__DataFolder="$data" TrustCenter__Address="http://{host}:$port"
if [ ! -f "$data/trustcenter.db" ]; then
  for vendor in northwind alder; do dotnet "$host" import "samples/$vendor" --publish-as "Amir Haddad"; done
fi
exec dotnet "$host" --demo --urls "http://127.0.0.1:$port"
