#!/usr/bin/env bash
# 恢复到一套空的安装：deploy/restore.sh 备份目录。密钥须已放在 WEIHAI_HOME/keys，数据库须为空。
set -euo pipefail
# Before common.sh changes the folder: the path may be relative to where the operator stands.
backup=$(cd "${1:-/nowhere}" 2>/dev/null && pwd) || backup=
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ -n "$backup" ] && [ -f "$backup/SHA256SUMS" ] || refuse "用法：deploy/restore.sh 备份目录（由 deploy/backup.sh 生成）"

(cd "$backup" && sha256sum --check --quiet SHA256SUMS) ||
    refuse "备份文件与其校验和不符，没有恢复任何内容。原因可能是复制不完整或介质损坏。请换用另一份备份。"
[ -d "$WEIHAI_HOME/keys" ] ||
    refuse "密钥尚未恢复，没有恢复任何内容。没有原来的密钥，个人信息无法解密。请先把密钥备份解到 $WEIHAI_HOME。"
[ "$(key_marks)" = "$(cat "$backup/keys.sha256")" ] ||
    refuse "$WEIHAI_HOME/keys 中的密钥不是这份备份所用的密钥，没有恢复任何内容。请换上与备份配套的密钥。"

if [ "$engine" = postgresql ]; then
    [ -f "$backup/database.dump" ] || refuse "这份备份来自 SQLite，而 DATABASE_URL 指向 PostgreSQL。请改用同一种数据库。"
    tables=$(psql -XAtc "select count(*) from information_schema.tables where table_schema = 'public'")
    [ "$tables" = 0 ] || refuse "目标数据库不是空的（已有 $tables 张表），没有恢复任何内容。请新建空数据库后重试。"
    pg_restore --no-owner --exit-on-error --single-transaction --dbname="$PGDATABASE" "$backup/database.dump"
else
    [ -f "$backup/database.sqlite3" ] || refuse "这份备份来自 PostgreSQL，而 DATABASE_URL 指向 SQLite。请改用同一种数据库。"
    [ ! -e "$database" ] || refuse "$database 已存在，没有恢复任何内容。请停止服务并移走该文件（连同 -wal、-shm）后重试。"
    cp "$backup/database.sqlite3" "$database"
fi
tar -C "$WEIHAI_HOME" -xf "$backup/files.tar"
[ ! -f "$backup/anchor.txt" ] || cp "$backup/anchor.txt" "$WEIHAI_HOME/anchor.txt"

"$python" manage.py prepare
"$python" manage.py verify_audit ||
    refuse "数据已恢复，但核对发现不一致（见上）。请勿开放使用，先查明原因。"
echo "恢复完成，核对一致。可以启动服务。"
