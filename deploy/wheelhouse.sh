#!/usr/bin/env bash
# 在能联网的机器上准备离线安装包：deploy/wheelhouse.sh [x86_64|aarch64]（默认为本机架构），结果在 wheelhouse/
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
machine=${1:-$(uname -m)}
python=${PYTHON:-python3.11}
case $machine in
    # glibc 2.28 is what the domestic server systems have at least.
    x86_64 | aarch64) platforms=(--platform "manylinux_2_28_$machine" --platform "manylinux_2_17_$machine" --platform "manylinux2014_$machine") ;;
    *) echo "不支持的架构 $machine：只能是 x86_64 或 aarch64。" >&2; exit 1 ;;
esac
rm -rf wheelhouse
"$python" -m pip download --disable-pip-version-check -q --dest wheelhouse --only-binary :all: \
    --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none "${platforms[@]}" \
    -r requirements.txt pip
(cd wheelhouse && sha256sum -- *.whl >SHA256SUMS)
echo "完成：wheelhouse/ 共 $(find wheelhouse -name '*.whl' | wc -l) 个安装包，$(du -sh wheelhouse | cut -f1)，适用于 $machine。"
