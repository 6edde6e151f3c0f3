# variant.mk - one directory and one set of flags a variant.
# SPDX-License-Identifier: MIT

VARIANTS := release sanitize thread fuzz coverage
VARIANT ?= release
ifeq ($(filter $(VARIANT),$(VARIANTS)),)
$(error VARIANT=$(VARIANT) is none of: $(VARIANTS))
endif

# B is the root of everything built; two people in one checkout each set their own.
B ?= build
O := $(B)/$(VARIANT)

empty :=
space := $(empty) $(empty)
VERSION := $(strip $(shell cat VERSION))
JOBS ?= $(shell nproc 2>/dev/null || echo 1)

# Fuzzers need clang's libFuzzer, whatever CC is.
FUZZ_CC ?= clang
ifeq ($(VARIANT),fuzz)
override CC := $(FUZZ_CC)
else ifeq ($(origin CC),default)
CC := gcc
endif

# Where things go when installed; SYSCONFDIR is compiled in.
PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
SBINDIR    ?= $(PREFIX)/sbin
LIBDIR     ?= $(PREFIX)/lib
NAGIOSDIR  ?= $(LIBDIR)/nagios/plugins
MANDIR     ?= $(PREFIX)/share/man
DOCDIR     ?= $(PREFIX)/share/doc/brayer
SYSTEMDDIR ?= $(PREFIX)/lib
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions
SYSCONFDIR ?= /etc
