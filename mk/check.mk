# check.mk - everything that runs tests. The last line of each target is one total.
# SPDX-License-Identifier: MIT

FUZZ_SECONDS ?= 60
CHECK_FUZZ_SECONDS ?= 3

# Two jobs where the user has not said how many; what was built in vain is counted by run.sh -b.
jobs = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))
run = BRAYER_BUILD=$(O) CC='$(CC)' MAKE='$(MAKE)' JOBS=$(JOBS) V=$(V) sh tests/run.sh
build = $(MAKE) $(jobs) -k

# Asked once, and only by a target that wants to know.
fuzz_of = $(eval fuzz_of := $(if $(FUZZ_SOURCES),$(shell \
	printf 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n); int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d == 0 && n; }' | \
	$(FUZZ_CC) -fsanitize=fuzzer,address -x c - -o /dev/null 2>/dev/null && echo yes)))$(fuzz_of)
fuzz_why := the fuzzers: needs clang and its libFuzzer (Debian: clang libclang-rt-dev of the same version, or sh contrib/setup check)
fuzzers = $(if $(fuzz_of),$(call chosen,$(FUZZ_PROGRAMS)))

check: ## unit tests, house rules, a sanitized pass, 3 s of every fuzzer (T=word: some of it)
	@+broken=; \
	$(build) all test-programs || broken=-b; \
	$(build) VARIANT=sanitize test-programs || broken=-b; \
	$(if $(fuzzers),$(build) VARIANT=fuzz fuzz-programs || broken=-b;) \
	FUZZ_SECONDS=$(CHECK_FUZZ_SECONDS) $(run) $$broken $(if $(FUZZ_SOURCES),$(if $(fuzz_of),,-s '$(fuzz_why)')) -p \
		$(call tests_of,release) $(call tests_of,sanitize) $(call chosen,$(HOUSE_SCRIPTS)) $(fuzzers)

unit: ## the unit tests of one VARIANT, nothing else
	@+broken=; $(build) all test-programs || broken=-b; $(run) $$broken -p $(call tests_of,$(VARIANT))

sanitize: ## the unit tests under ASan and UBSan
	@+$(MAKE) VARIANT=sanitize unit

thread: ## the unit tests under TSan
	@+$(MAKE) VARIANT=thread unit

check-hosts: ## tests against real daemons: snmpd, snmpsim (skipped aloud where absent)
	@+broken=; $(build) all test-programs || broken=-b; \
	$(run) $$broken $(call chosen,$(sort $(wildcard tests/hosts/*.sh))) \
		$(if $(wildcard tests/hosts/*.sh),,-s 'hosts: tests/hosts/ holds no script')

check-long: ## every fuzzer for FUZZ_SECONDS, and tests/long/*.sh
	@+broken=; $(build) all test-programs || broken=-b; \
	$(if $(fuzzers),$(build) VARIANT=fuzz fuzz-programs || broken=-b;) \
	FUZZ_SECONDS=$(FUZZ_SECONDS) TEST_TIMEOUT=14400 $(run) $$broken $(if $(fuzz_of),,-s '$(fuzz_why)') -p $(fuzzers) \
		$(call chosen,$(sort $(wildcard tests/long/*.sh)))

fuzz: ## each fuzzer for FUZZ_SECONDS
	@+broken=; $(if $(fuzzers),$(build) VARIANT=fuzz fuzz-programs || broken=-b;) \
	FUZZ_SECONDS=$(FUZZ_SECONDS) TEST_TIMEOUT=14400 $(run) $$broken $(if $(fuzz_of),,-s '$(fuzz_why)') -p $(fuzzers)

matrix: ## build and run the unit tests with each optional part left out, and with clang
	@+for part in $(PARTS); do echo "== without $$part"; \
		$(MAKE) -s WERROR=1 B=$(B)/without-$$part WITH_$$part=no unit || exit 1; done
	@+if command -v clang >/dev/null; then echo '== with clang'; \
		$(MAKE) -s WERROR=1 B=$(B)/with-clang CC=clang unit; \
	else echo 'skipped clang: not here (Debian: clang)'; fi

bench: all test-programs ## figures for people; they gate nothing
	@for script in $(sort $(wildcard tests/bench/*.sh)); do echo "== $$script"; \
		BRAYER_BUILD=$(O) sh $$script || exit 1; done
	@$(if $(wildcard tests/bench/*.sh),:,echo 'skipped bench: tests/bench/ holds no script')

golden: ## rewrite the goldens: read the difference like code
	@+BRAYER_GOLDEN=1 $(MAKE) unit T=$(T)
	@+BRAYER_GOLDEN=1 BRAYER_BUILD=$(O) MAKE='$(MAKE)' sh tests/install.sh

demo: all $(FARM) ## a small simulated fleet, read and shown
	@if [ -e contrib/demo ]; then BRAYER_BUILD=$(O) sh contrib/demo; \
	else echo 'skipped demo: contrib/demo is not there yet'; fi

.PHONY: check unit sanitize thread check-hosts check-long fuzz matrix bench golden demo
