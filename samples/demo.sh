#!/usr/bin/env bash
# Runs the trust center with two sample vendors: installs what is missing, builds, seeds, starts on loopback, prints the addresses.
# A second start keeps the data. DATA names another data folder, PORT another port.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-5080}
data=${DATA:-data/demo}

need=()
. samples/install.sh

echo "Building ..."
dotnet build src/TrustCenter.Host -c Release -v q -nologo
host=src/TrustCenter.Host/bin/Release/net10.0/TrustCenter.Host.dll
export TrustCenter__DataFolder="$data" TrustCenter__Address="http://{host}:$port"
if [ ! -f "$data/trustcenter.db" ]; then
  for vendor in northwind alder; do dotnet "$host" import "samples/$vendor" --publish-as "Amir Haddad"; done
fi
exec dotnet "$host" --demo --urls "http://127.0.0.1:$port"
