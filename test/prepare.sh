# SPDX-License-Identifier: GPL-2.0-or-later
# Shell functions that the test commands share; to be sourced. Needs bash.

# Debian packages by the thing that shows they are there: a command, or a header that the compiler finds. "a|b" takes
# the first package that the system offers. What a demo needs:
demo_packages() {
    cat <<'LIST'
command gcc gcc
command cmake cmake
command ninja ninja-build
command pkg-config pkgconf|pkg-config
command mariadbd mariadb-server
command mariadb mariadb-client
command nginx nginx-light|nginx
command apache2 apache2-bin
command curl curl
command python3 python3
command ps procps
command setsid util-linux
header stdio.h libc6-dev
header fcgiapp.h libfcgi-dev
header json-c/json.h libjson-c-dev
header iniparser.h,iniparser/iniparser.h libiniparser-dev
header libxml2/libxml/parser.h libxml2-dev
header curl/curl.h libcurl4-openssl-dev
header unicode/ucal.h libicu-dev
header pcre2.h libpcre2-dev
header ares.h libc-ares-dev
header microhttpd.h libmicrohttpd-dev
header jwt.h libjwt-dev
header openssl/evp.h libssl-dev
header gmime-3.0/gmime/gmime.h libgmime-3.0-dev
header mysql/mysql.h,mariadb/mysql.h default-libmysqlclient-dev
file /etc/ssl/certs/ca-certificates.crt ca-certificates
LIST
}

# And what only the tests need.
test_packages() {
    cat <<'LIST'
command clang clang
command clang-format clang-format
command clang-tidy clang-tidy
command valgrind valgrind
command openssl openssl
command chromium chromium
file /usr/lib/dovecot/imap dovecot-imapd
file /usr/lib/dovecot/pop3 dovecot-pop3d
command postfix postfix
file /usr/share/gocode/src/github.com/jhillyerd/enmime/testdata golang-github-jhillyerd-enmime-dev
command git git
header cmocka.h libcmocka-dev
file /usr/lib/python3/dist-packages/aiosmtpd/smtp.py python3-aiosmtpd
file /usr/lib/python3/dist-packages/fastjsonschema/__init__.py python3-fastjsonschema
file /usr/lib/python3/dist-packages/flask/__init__.py python3-flask
file /usr/lib/python3/dist-packages/jwt/__init__.py python3-jwt
command php php-cli
command systemd-analyze systemd
command groff groff-base
command debootstrap debootstrap
command unshare util-linux
command ip iproute2
command lintian lintian
command spin spin
command dpkg-shlibdeps dpkg-dev
command file file
file /usr/lib/x86_64-linux-gnu/libseccomp.so.2,/usr/lib/aarch64-linux-gnu/libseccomp.so.2 libseccomp2
LIST
}

# What is wanted: "demo", or "test" for all.
wanted_packages() {
    demo_packages
    [ "$1" = demo ] || test_packages
}

say() {
    printf '%s\n' "$*" >&2
}

is_there() {
    local kind=$1 names=$2 name folder
    case $kind in
    # nginx and mariadbd live in sbin, which is not in everybody's PATH.
    command) PATH=$PATH:/usr/sbin:/sbin command -v "$names" >/dev/null ;;
    file)
        for name in ${names//,/ }; do
            [ -e "$name" ] && return 0
        done
        return 1
        ;;
    header)
        for name in ${names//,/ }; do
            for folder in /usr/include /usr/include/*-linux-gnu* /usr/local/include; do
                [ -e "$folder/$name" ] && return 0
            done
        done
        return 1
        ;;
    esac
}

missing_packages() { # demo or test
    local kind names packages
    wanted_packages "$1" | while read -r kind names packages; do
        is_there "$kind" "$names" || printf '%s\n' "$packages"
    done
    # clang links a sanitizer build only with its runtime beside it; some releases ship that on its own.
    if [ "$1" != demo ] && is_there command clang && ! printf 'int main(void){return 0;}' |
        clang -x c -fsanitize=address,undefined -o /dev/null - 2>/dev/null; then
        printf 'libclang-rt-dev|libclang-rt-%s-dev\n' "$(clang -dumpversion | cut -d. -f1)"
    fi
}

first_offered() {
    local package
    for package in ${1//|/ }; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            printf '%s\n' "$package"
            return 0
        fi
    done
    say "no package of $1 is offered by apt"
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "needs root, and there is no sudo: $*"
        return 1
    fi
}

# quietly TITLE COMMAND…: with the seconds it takes in place of its lines, which are shown only when it fails.
quietly() {
    local title=$1 begun=$SECONDS output status=0 ticker=
    shift
    output=$(mktemp "${TMPDIR:-/tmp}/osticket-fcgi-quiet.XXXXXXXX") || return 1
    if [ -t 2 ]; then
        (while sleep 1; do printf '\r%s … %d s' "$title" $((SECONDS - begun)) >&2; done) &
        ticker=$!
    fi
    "$@" >"$output" 2>&1 || status=$?
    if [ -n "$ticker" ]; then
        kill $ticker 2>/dev/null
        wait $ticker 2>/dev/null || true
        printf '\r' >&2
    fi
    [ $status = 0 ] || cat "$output" >&2
    say "$title: $((SECONDS - begun)) s"
    rm -f "$output"
    return $status
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        install -y --no-install-recommends "$@"
}

apt_update() {
    as_root apt-get -o Acquire::Retries=3 update
}

# Packages that bring a service would start it; a policy that says no keeps the machine as it was. One that is already
# there stays.
without_services() {
    local policy=/usr/sbin/policy-rc.d status=0 ours=no
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null && as_root chmod 755 $policy && ours=yes
    fi
    "$@" || status=$?
    [ $ours = no ] || as_root rm -f $policy
    return $status
}

# prepare demo|test: installs by apt what is missing, and nothing when nothing is.
prepare() {
    local missing wanted package
    # Asked twice: clang's runtime can be looked for only once clang is there.
    for _ in 1 2; do
        missing=$(missing_packages "$1" | sort -u)
        [ -n "$missing" ] || return 0
        command -v apt-get >/dev/null || {
            say "missing, and there is no apt-get to install it: $missing"
            return 1
        }
        if [ -z "$(find /var/lib/apt/lists -name '*Packages*' -mmin -1440 2>/dev/null | head -n 1)" ]; then
            quietly "apt-get update" apt_update || say "apt-get update failed; trying with the lists at hand"
        fi
        wanted=()
        for package in $missing; do
            package=$(first_offered "$package") || return 1
            wanted+=("$package")
        done
        say "missing: ${wanted[*]}"
        if ! quietly "installing" without_services apt_install "${wanted[@]}"; then
            quietly "apt-get update" apt_update
            quietly "installing once more" without_services apt_install "${wanted[@]}" || return 1
        fi
    done
}

# generator: the arguments that make cmake use ninja where it is there.
generator() {
    if command -v ninja >/dev/null; then printf '%s\n' -G Ninja; fi
}

# build_program: installs what is missing and builds the program in build/, without tests when nothing was built there yet.
build_program() {
    local fresh=()
    prepare demo || return 1
    # shellcheck disable=SC2207
    [ -e "$ROOT/build/CMakeCache.txt" ] || fresh=($(generator) -DBUILD_TESTING=OFF)
    quietly "building" build_into "${fresh[@]}"
}

build_into() {
    cmake -S "$ROOT" -B "$ROOT/build" "$@" &&
        cmake --build "$ROOT/build" --parallel "$(nproc)" --target osticket-fcgi
}
