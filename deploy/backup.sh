#!/usr/bin/env bash
# 备份。  deploy/backup.sh         数据库、上传文件、锚定文件，存入 BACKUP_HOME 下以时间命名的目录
#         deploy/backup.sh --keys  只备份密钥；须与数据备份分开存放
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

target=${BACKUP_HOME:-$here/var/backups}
now=$(date +%Y%m%d-%H%M%S)
mkdir -p "$target"
[ -d "$WEIHAI_HOME/keys" ] || refuse "未找到 $WEIHAI_HOME/keys。请确认 WEIHAI_HOME 指向正在使用的数据目录。"

if [ "${1:-}" = --keys ]; then
    tar -C "$WEIHAI_HOME" -cf "$target/keys-$now.tar" keys
    echo "密钥已备份：$target/keys-$now.tar。请立即移到离线介质，不要与数据备份放在一起。"
    exit
fi

unfinished=$target/.unfinished-$now
trap 'rm -rf "$unfinished"' EXIT
mkdir "$unfinished"

# The anchor before the database: a seal that falls in between must not look as if the database had lost it.
[ ! -f "$WEIHAI_HOME/anchor.txt" ] || cp "$WEIHAI_HOME/anchor.txt" "$unfinished/anchor.txt"
# The database before the files: a file that arrives in between is then one too many, never one too few.
if [ "$engine" = postgresql ]; then
    pg_dump --format=custom --no-owner --file="$unfinished/database.dump"
    pg_restore --list "$unfinished/database.dump" >/dev/null
else
    "$python" - "$database" "$unfinished/database.sqlite3" <<'PY'
import sqlite3
import sys

# The online way: a plain copy of a database in use misses what still lies in its write-ahead log.
source, target = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sqlite3.connect(sys.argv[2])
with target:
    source.backup(target)
found = target.execute("PRAGMA integrity_check").fetchone()[0]
target.close()
if found != "ok":
    sys.exit(f"备份出的数据库未通过完整性检查：{found}")
PY
fi

folders=()
for each in uploads files; do
    [ ! -e "$WEIHAI_HOME/$each" ] || folders+=("$each")
done
tar -C "$WEIHAI_HOME" -cf "$unfinished/files.tar" --files-from /dev/null "${folders[@]}"
key_marks >"$unfinished/keys.sha256"
(cd "$unfinished" && sha256sum -- * >SHA256SUMS)

mv "$unfinished" "$target/weihai-$now"
trap - EXIT
find "$target" -mindepth 1 -maxdepth 1 -type d -name 'weihai-*' -mtime "+${BACKUP_DAYS:-30}" -exec rm -rf {} +
echo "备份完成：$target/weihai-$now（$(du -sh "$target/weihai-$now" | cut -f1)）。只有恢复演练成功过的备份才算备份，见 docs/install.md。"
