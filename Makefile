# Two commands: `make demo` opens the demo event, `make test` passes the tests.
# Each makes its own virtual environment in .venv first; nothing but Python 3.11+ and make is needed.
PYTHON ?= python3

.PHONY: demo test check coverage lock
demo test check coverage lock:
	@$(PYTHON) -m tasks $@
