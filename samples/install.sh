# Sourced by the samples, from the project's folder: installs what they need and what the caller wrote into "need" before, with apt where that asks nobody;
# otherwise says what to install.
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
