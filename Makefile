# Two commands: `make demo` opens the demo event, `make test` passes the tests.
# Each makes its own virtual environment in .venv first; nothing but Python 3.11+ and make is needed.
PYTHON ?= python3

.PHONY: demo test check lock
demo test check lock:
	@$(PYTHON) -m tasks $@
