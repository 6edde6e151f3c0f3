# tools.mk - formatting, analysis, coverage, the compilation database.
# SPDX-License-Identifier: MIT

CLANG_FORMAT ?= clang-format
CLANG_TIDY   ?= clang-tidy
C_SOURCES := $(LIB_SOURCES) $(CLI_SOURCES) $(COLLECTOR_SOURCES) $(PLUGIN_SOURCES) $(sort $(wildcard tests/*.c tests/*/*.c))
C_FILES    = $(sort $(wildcard shared/*.h shared/*/*.[ch] cli/*.[ch] collector/*.[ch] nagios-checks/*.[ch] tests/*.[ch] tests/*/*.[ch]))

# One file a process, JOBS at a time. On stderr clang-tidy only counts what it did not show.
tidy: $(GENERATED) ## clang-tidy over everything
	@printf '%s\n' $(filter-out $(ORACLE_SOURCES),$(C_SOURCES)) | xargs -P $(JOBS) -I '{}' sh -c \
		'$(CLANG_TIDY) --quiet "$$1" -- $(BR_STD) -Ishared -I$(O)/gen -I. -Itests $(CFLAGS_CRYPTO) $(CFLAGS_SNMP) 2>/dev/null' \
		tidy '{}'

format: ## clang-format in place
	$(CLANG_FORMAT) -i $(C_FILES)

format-check: ## refuse what clang-format would change
	$(CLANG_FORMAT) --dry-run -Werror $(C_FILES)

man-check: ## lint the manuals with mandoc, else groff
	@sh tests/man.sh

coverage: ## lines covered by the unit tests, a report and no gate
	@+$(MAKE) VARIANT=coverage unit
	@sh mk/coverage.sh $(B)/coverage

compile_commands.json: all test-programs ## for editors and analysers
	@{ echo '['; find $(O) -name '*.cc.json' -exec cat {} + | sed '$$!s/$$/,/'; echo ']'; } > $@

.PHONY: tidy format format-check man-check coverage compile_commands.json
