#!/bin/sh
# Installs the library into a fresh folder and builds a program against it in each way that is offered.
#   run.sh BUILD_FOLDER VERSION     (CC names the compiler)
set -eu
build=$1
version=$2
source=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "$build/consumer.XXXXXX")
trap 'rm -rf "$work"' EXIT

step() {
    echo "--- $*"
}

step install
cmake --install "$build" --prefix "$work/prefix" >"$work/install.log"
library=$(dirname "$(find "$work/prefix" -name libganger.a)")
export PKG_CONFIG_PATH="$library/pkgconfig"

step "the shared library exports what ganger.h declares, no more and no less"
tr '\n' ' ' <"$work/prefix/include/ganger/ganger.h" | grep -oE 'GANGER_EXPORT [^;(]*\(' |
    grep -oE 'ganger_[a-z_]+\($' | tr -d '(' | sort >"$work/declared"
nm -D --defined-only "$library/libganger.so" | awk '$3 !~ /^_/ {print $3}' | sort >"$work/exported"
diff "$work/declared" "$work/exported"

step CMake package, shared and static
cmake -S "$source" -B "$work/cmake" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DWANTED_VERSION="$version" >"$work/configure.log"
cmake --build "$work/cmake" >"$work/build.log"
"$work/cmake/consumer_shared"
"$work/cmake/consumer_static"

step CMake package refuses a version that is too high
if cmake -S "$source" -B "$work/high" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DWANTED_VERSION=99 >"$work/high.log" 2>&1; then
    echo "version 99 was accepted" >&2
    exit 1
fi
grep -q 'considered but not accepted' "$work/high.log"

step pkg-config, shared
# shellcheck disable=SC2046  # lists of flags
${CC:-cc} "$source/consumer.c" -o "$work/shared" $(pkg-config --cflags --libs "ganger >= $version")
LD_LIBRARY_PATH=$library "$work/shared"

step pkg-config, static
# shellcheck disable=SC2046
${CC:-cc} "$source/consumer.c" -o "$work/static" $(pkg-config --cflags --libs --static ganger | sed 's/-lganger/-l:libganger.a/')
"$work/static"
if ldd "$work/static" | grep libganger; then
    echo "the static program needs the shared library" >&2
    exit 1
fi

step pkg-config refuses a version that is too high
if pkg-config --exists 'ganger >= 99'; then
    echo "version 99 was accepted" >&2
    exit 1
fi

if command -v c++ >/dev/null; then
    step the header serves C++
    echo '#include <ganger/ganger.h>' | c++ -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c++ \
        -I"$work/prefix/include" -
fi

step the manual page and completions
for document in man/man1/ganger.1 bash-completion/completions/ganger zsh/site-functions/_ganger \
    fish/vendor_completions.d/ganger.fish; do
    grep -q solve "$work/prefix/share/$document"
done

step the installed program
"$work/prefix/bin/ganger" --version | grep -F "$version"
