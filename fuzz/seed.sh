#!/bin/sh
# Fills fuzz/corpus/<target> with the vectors, and with the files of $KEYFERRY_CORPUS (by default ../shared/corpus) where
# that folder is there. Run it again at any time: what the fuzzer found stays.
set -eu
cd "$(dirname "$0")"
outside=${KEYFERRY_CORPUS:-../../shared/corpus}
[ -d "$outside" ] || { echo "no corpus at $outside: seeds are the vectors alone" >&2; outside=; }

# Larger files only slow the fuzzer down.
seed() {
    target=$1
    shift
    mkdir -p "corpus/$target"
    for pattern in "$@"; do
        find ../tests/vectors ${outside:+"$outside"} -type f -size -33 -name "$pattern" ! -path '*/make/*' |
            while IFS= read -r file; do
                cp "$file" "corpus/$target/$(git hash-object --no-filters "$file")"
            done
    done
    echo "$target: $(find "corpus/$target" -type f | wc -l) files"
}

seed recognise_and_parse '*'
seed pkcs12_unlock '*.p12' '*.pfx'
seed pem '*.pem' '*.key' '*.txt' 'openssh-*' 'base64-*'
seed jks '*.jks' '*.jceks' '*.keystore' '*.ks'
seed cms '*.p7b' '*.p7c' '*.p7s'
seed x509 '*.crt' '*.cer' '*.der' '*.crl' '*.csr' 'pem-*.pem' '*.req'
seed pkcs8 '*.der' '*.key' '*.p8' '*.pk8' 'pkcs*.pem'
seed bks_bcfks '*.bks' '*.bcfks' '*.bksv1' '*.uber' '*.ubr'
seed round_trip '*.p12' '*.pfx' '*.jks' '*.pem' '*.der' '*.crt' '*.p7b'
