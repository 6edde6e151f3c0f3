# Brayer: one make, a fragment a directory, objects under build/<variant>/. `make help` lists the targets.
# SPDX-License-Identifier: MIT

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := /bin/sh

include mk/variant.mk mk/flags.mk mk/deps.mk mk/rules.mk
include shared/build.mk cli/build.mk collector/build.mk nagios-checks/build.mk tests/build.mk
include mk/check.mk mk/tools.mk mk/install.mk

all: $(PRODUCTS) ## build everything whose libraries are here
	@for why in $(LEFT_OUT); do echo "left out  $$why"; done

clean: ## remove everything that was built
	rm -rf $(B) compile_commands.json

help: ## this list
	@sed -n 's/^\([a-z_.-]*\):.*## /  \1\t/p' Makefile mk/check.mk mk/tools.mk mk/install.mk | expand -t 26
	@echo 'Variables: CC CFLAGS CPPFLAGS LDFLAGS DESTDIR PREFIX BINDIR SBINDIR NAGIOSDIR MANDIR DOCDIR SYSCONFDIR PKG_CONFIG'
	@echo '           WITH_CRYPTO=auto|yes|no WITH_SQLITE=… VARIANT=$(subst $(space),|,$(VARIANTS)) B=build JOBS V=1 WERROR=1'
	@echo '           T=word (only tests whose name contains it) FUZZ_SECONDS'

FORCE:
.PHONY: all clean help FORCE

-include $(wildcard $(DEPENDENCIES))
