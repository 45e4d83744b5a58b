# SPDX-License-Identifier: GPL-2.0-or-later
# Shell functions that the test commands share; to be sourced. Needs bash.

# Debian packages by the thing that shows they are there: a command, or a header that the compiler finds. "a|b" takes
# the first package that the system offers.
needed_packages() {
    cat <<'LIST'
command gcc gcc
command clang clang
command clang-format clang-format
command clang-tidy clang-tidy
command cmake cmake
command ninja ninja-build
command pkg-config pkgconf|pkg-config
command valgrind valgrind
command mariadbd mariadb-server
command mariadb mariadb-client
command nginx nginx-light|nginx
command curl curl
command python3 python3
command openssl openssl
command git git
command ps procps
command setsid util-linux
header stdio.h libc6-dev
header cmocka.h libcmocka-dev
header fcgiapp.h libfcgi-dev
header json-c/json.h libjson-c-dev
header iniparser.h,iniparser/iniparser.h libiniparser-dev
header libxml2/libxml/parser.h libxml2-dev
header curl/curl.h libcurl4-openssl-dev
header unicode/ucal.h libicu-dev
header pcre2.h libpcre2-dev
header ares.h libc-ares-dev
header microhttpd.h libmicrohttpd-dev
header openssl/evp.h libssl-dev
header gmime-3.0/gmime/gmime.h libgmime-3.0-dev
header mysql/mysql.h,mariadb/mysql.h default-libmysqlclient-dev
file /etc/ssl/certs/ca-certificates.crt ca-certificates
file /usr/lib/python3/dist-packages/aiosmtpd/smtp.py python3-aiosmtpd
LIST
}

say() {
    printf '%s\n' "$*" >&2
}

is_there() {
    local kind=$1 names=$2 name folder
    case $kind in
    # nginx and mariadbd live in sbin, which is not in everybody's PATH.
    command) PATH=$PATH:/usr/sbin:/sbin command -v "$names" >/dev/null ;;
    file) [ -e "$names" ] ;;
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

missing_packages() {
    local kind names packages
    needed_packages | while read -r kind names packages; do
        is_there "$kind" "$names" || printf '%s\n' "$packages"
    done
    # clang links a sanitizer build only with its runtime beside it; some releases ship that on its own.
    if is_there command clang && ! printf 'int main(void){return 0;}' |
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

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        install -y --no-install-recommends "$@" >&2
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

# Installs by apt what is missing, and nothing when nothing is.
prepare() {
    local missing wanted package
    # Asked twice: clang's runtime can be looked for only once clang is there.
    for _ in 1 2; do
        missing=$(missing_packages | sort -u)
        [ -n "$missing" ] || return 0
        command -v apt-get >/dev/null || {
            say "missing, and there is no apt-get to install it: $missing"
            return 1
        }
        if [ -z "$(find /var/lib/apt/lists -name '*Packages*' -mmin -1440 2>/dev/null | head -n 1)" ]; then
            as_root apt-get -o Acquire::Retries=3 update >&2 || say "apt-get update failed; trying with the lists at hand"
        fi
        wanted=()
        for package in $missing; do
            package=$(first_offered "$package") || return 1
            wanted+=("$package")
        done
        say "installing: ${wanted[*]}"
        if ! without_services apt_install "${wanted[@]}"; then
            as_root apt-get -o Acquire::Retries=3 update >&2
            without_services apt_install "${wanted[@]}" || return 1
        fi
    done
}

# generator: the arguments that make cmake use ninja where it is there.
generator() {
    if command -v ninja >/dev/null; then printf '%s\n' -G Ninja; fi
}

# build_program: installs what is missing and builds the program in build/.
build_program() {
    prepare || return 1
    say "building"
    # shellcheck disable=SC2046
    cmake -S "$ROOT" -B "$ROOT/build" $([ -e "$ROOT/build/CMakeCache.txt" ] || generator) >"$ROOT/build.out" &&
        cmake --build "$ROOT/build" --parallel "$(nproc)" --target osticket-fcgi >>"$ROOT/build.out" ||
        { cat "$ROOT/build.out"; return 1; }
    rm -f "$ROOT/build.out"
}
