#!/usr/bin/env bash
# The main job over HTTP as people click it, from a claim to a lost deal, on the demo's vendor; curl is their browser.
# Ends with 0 when each step did what it should, else says which did not. While a process dies the balancer has no answer, or 502, 503, 504:
# then the same form is sent again. The id in it makes it one act.
#   samples/walk.sh PORT
set -uo pipefail
port=$1 at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
step='' who='' host='' status='' location=''

# The form on the page (standard input) that leads to an address ending in $1, for curl: the address, and its fields with those typed (name=value) over them.
form_of='
  my ($end, %typed) = (shift, map { split /=/, $_, 2 } splice @ARGV);
  undef $/; my $page = <STDIN>;
  sub plain { my $t = shift; $t =~ s/&lt;/</g; $t =~ s/&gt;/>/g; $t =~ s/&quot;/"/g; $t =~ s/&#x([0-9A-Fa-f]+);/chr hex $1/ge; $t =~ s/&#(\d+);/chr $1/ge; $t =~ s/&amp;/&/g; $t }
  for my $form ($page =~ m{<form\b.*?</form>}sg) {
    my ($action) = grep { substr($_, -length $end) eq $end } $form =~ /action="([^"]*)"/g or next;
    my @fields;
    while ($form =~ m{<(input|select|textarea)\b([^>]*)>(?:(.*?)</\g1>)?}sg) {
      my ($kind, $with, $in) = ($1, $2, $3);
      if ($kind eq "input") { pos($form) -= length("$in</input>") if defined $in }
      my ($name) = $with =~ /\bname="([^"]*)"/ or next;
      next if exists $typed{$name};
      next if $with =~ /type="(checkbox|radio)"/ && $with !~ /\bchecked/ or $with =~ /type="file"/;
      my ($value) = $kind eq "input" ? $with =~ /\bvalue="([^"]*)"/ : $kind eq "textarea" ? $in
        : $in =~ /<option[^>]*value="([^"]*)"[^>]*\bselected/ ? $1 : $in =~ /<option[^>]*value="([^"]*)"/;
      push @fields, [$name, plain($value // "")];
    }
    push @fields, map { [$_, $typed{$_}] } keys %typed;
    binmode STDOUT, ":utf8";
    print plain($action), "\0", map { "--data-urlencode\0$_->[0]=$_->[1]\0" } @fields;
    exit 0;
  }
  exit 1;
'

fail() { echo "$step: ${1:-$status came back from $path}" >&2; exit 1; }
person() { who=$1 host=$2; }

# ask PATH [curl's arguments]: the page is in $at/page, its status and Location in their variables. Cookies are kept by hand: curl keeps Secure ones on https only.
ask() {
  path=$1; shift
  local cookies='' tries; [ ! -f "$at/$who" ] || cookies=$(tac "$at/$who" | awk -F= '!seen[$1]++' | paste -sd';')
  for tries in $(seq 60); do
    status=$(curl -s --max-time 10 --resolve "$host.localhost:$port:127.0.0.1" -H "Origin: http://$host.localhost:$port" -H "Cookie: $cookies" \
      -D "$at/head" -o "$at/page" -w '%{http_code}' "$@" "http://$host.localhost:$port$path")
    case "$status" in 000 | 502 | 503 | 504) sleep 0.3 ;; *) break ;; esac
  done
  tr -d '\r' <"$at/head" | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' >>"$at/$who"
  location=$(tr -d '\r' <"$at/head" | sed -n 's/^[Ll]ocation: //p')
}
get() { ask "$1"; [ "$status" = 200 ] || fail; }
has() { grep -qF -- "$1" "$at/page"; }
shows() { has "$1" || fail "“$1” is not on $path"; }
until_it_shows() { for _ in $(seq 50); do get "$1"; ! has "$2" || return 0; sleep 0.2; done; fail "“$2” did not come to $1"; }
between() { perl -0777 -ne "print \$1 if m{$1}s" "$at/page"; }

# send ACTION-END [name=value ...]: the form of the page that was seen last. It must lead on.
send() {
  perl -e "$form_of" -- "$@" <"$at/page" >"$at/form" || fail "no form leads to …$1 on $path"
  local lines; mapfile -d '' lines <"$at/form"
  ask "${lines[0]}" "${lines[@]:1}"
  [ "$status" = 303 ] || fail
}
persona() {
  person "$1" console
  get /console/sign-in
  send /console/sessions "role=$1" "vendor=$(between 'Northwind Ledger.*?name="vendor" value="([^"]+)"')"
}

claim="We open our doors to testers every year, visit $RANDOM$RANDOM included."
account="Acme $RANDOM$RANDOM" email="ana$RANDOM@acme.com"

step='The editor writes a claim and asks for approval'
persona Editor
get /console/claims/new
send /console/claims "statement=$claim" topic=access 'owner=Head of Security'
claim_page=$location
get "$claim_page"
send "$claim_page/approval-requests"

step='The approver publishes it, and the public page has it'
persona Approver
get "$claim_page/review"
send /publications
person reader northwind
until_it_shows / "$claim"

step='The rep records a deal and shares a page for it'
persona Rep
get /console/deals/new
send /console/deals "account=$account" amount=48000 factor=ReviewAsked saidBy=BuyersWords 'reason=They want to see the report first.'
deal=$location
get /console/links/new
send /console/links "account=$account" "people=$email" "deal=${deal##*/}" "documents=$(between 'value="([^"]+)" /> <span>SOC 2 Type II report')" nextStepLabel='Book a call' nextStepAddress=https://calendar.example/rosa
link=$location
get "$link"
address=/$(between 'id="f-address"[^>]*value="[^"]*?//[^"/]*/([^"]*)"')

step='The prospect proves the address, accepts the agreement and reads'
person prospect northwind
get "$address"
send "$address" "email=$email"
room=$location
person postman console
until_it_shows /mailbox "$email"
code=$(between "(\d{6}) is your code for [^<]*</h2><p[^>]*>To ${email%@*}\\@")
person prospect northwind
get "$room"
send /code-tries "code=$code"
get "$room"
send /acceptances agree=yes
get "$room"
shows 'Book a call'
send /downloads
get "$location"
head -c 5 "$at/page" | grep -q %PDF- || fail "what came is not a PDF"

step='The rep sees it, and revokes the link'
person Rep console
until_it_shows "$link" 'downloaded'
send /revocations
person prospect northwind
ask "$room"
[ "$status" != 200 ] || fail

step='The deal is lost over security and counts'
person Rep console
get "$deal"
send "$deal" factor=Blocked outcome=Lost "closed=$(date -u +%F)"
get "/console/deals?q=$(sed 's/ /+/' <<<"$account")"
shows "$account"
