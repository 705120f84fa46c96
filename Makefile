# Two commands matter to a newcomer: `make run` and `make test`. Both bring what they need.
#   make run   PORT=8000 RETIREES=3000 HOST=127.0.0.1
#   make test  ENGINE=both|postgres|sqlite WORKERS=2 ARGS="-k roster"

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
PY := $(VENV)/bin/python
ENGINE ?= both
ARGS ?=

export VENV

.DEFAULT_GOAL := help
.PHONY: help run test bench check fix clean venv venv-run venv-dev

help:
	@echo "make run     启动演示站点：环境、数据库、演示数据、网站与后台任务（PORT、HOST、RETIREES、SEED）"
	@echo "make test    在 PostgreSQL 与 SQLite 上运行全部测试（ENGINE、WORKERS、ARGS）"
	@echo "make bench   打印性能对照表（ARGS）"
	@echo "make check   代码风格、迁移文件与上线配置检查"
	@echo "make fix     自动整理代码格式"
	@echo "make venv    只建立虚拟环境"
	@echo "make clean   删除虚拟环境与缓存，保留 var/ 中的数据"

run: venv-run
	@exec $(PY) -m tools.serve

test: venv-dev
	@$(PY) -m tools.test --engine $(ENGINE) $(ARGS)

bench: venv-dev
	@$(PY) -m tools.postgres --durable --run $(PY) -m bench $(ARGS)

check: venv-dev
	@$(PY) -m tools.check

fix: venv-dev
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

venv: venv-dev

# The script compares contents, so these are cheap when nothing has changed.
venv-run:
	@$(PYTHON) tools/bootstrap.py run

venv-dev:
	@$(PYTHON) tools/bootstrap.py dev

clean:
	@rm -rf $(VENV) .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
