# Read by backup.sh and restore.sh: where things lie, and how to reach the database.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
umask 077

if [ -z "${WEIHAI_HOME:-}" ]; then
    environment=${WEIHAI_ENVIRONMENT:-/etc/weihai/environment}
    if [ -r "$environment" ]; then
        set -a
        # shellcheck disable=SC1090
        . "$environment"
        set +a
    fi
fi
export WEIHAI_HOME=${WEIHAI_HOME:-$here/var}
export DATABASE_URL=${DATABASE_URL:-sqlite:///$WEIHAI_HOME/weihai.sqlite3}
python=${VENV:-.venv}/bin/python

refuse() {
    printf '%s\n' "$@" >&2
    exit 1
}

[ -x "$python" ] || refuse "未找到虚拟环境 $python。请先执行 make venv-run，或以 VENV 指定位置。"

case $DATABASE_URL in
    postgres://* | postgresql://*) engine=postgresql ;;
    sqlite:///*) engine=sqlite database=${DATABASE_URL#sqlite:///} ;;
    *) refuse "DATABASE_URL 既不是 PostgreSQL 也不是 SQLite，无法处理。请检查环境文件。" ;;
esac

if [ "$engine" = postgresql ]; then
    # In the environment, not on the command line: every user of the machine can read command lines.
    connection=$("$python" - <<'PY'
import os
import shlex

from psycopg.conninfo import conninfo_to_dict

names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
for name, value in conninfo_to_dict(os.environ["DATABASE_URL"]).items():
    print(f"export {names.get(name, 'PG' + name.upper())}={shlex.quote(str(value))}")
PY
    )
    eval "$connection"
fi

# Which keys the data was sealed with, without telling the keys: they are random, so their digest gives nothing away.
key_marks() {
    (cd "$WEIHAI_HOME/keys" && sha256sum -- *.key)
}
