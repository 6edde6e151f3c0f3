# build.mk - each tests/*/*_test.c is a program of its own; what else stands in a directory of
# tests/ is support that any of them may link. Fuzzers and the farm have their own rules; each .c of
# tests/hosts, tests/long and tests/bench is a program for the scripts beside it.
# SPDX-License-Identifier: MIT

chosen = $(if $(T),$(foreach p,$(1),$(if $(findstring $(T),$(p)),$(p))),$(1))

ORACLE_SOURCES := $(if $(BUILD_ORACLE),,$(wildcard tests/oracle/*.c tests/fuzz/*_oracle_fuzz.c))
TEST_SOURCES   := $(filter-out $(ORACLE_SOURCES),$(sort $(wildcard tests/*/*_test.c)))
FUZZ_SOURCES   := $(filter-out $(ORACLE_SOURCES),$(sort $(wildcard tests/fuzz/*_fuzz.c)))
TOOL_SOURCES   := $(filter-out %_test.c,$(sort $(wildcard tests/hosts/*.c tests/long/*.c tests/bench/*.c)))
FARM_SOURCES   := $(filter-out %_test.c,$(sort $(wildcard tests/farm/*.c)))
# What the oracle's programs share needs net-snmp, so nobody else links it.
ORACLE_SUPPORT_SOURCES := $(filter-out $(ORACLE_SOURCES) %_test.c,$(sort $(wildcard tests/oracle/*.c)))
SUPPORT_SOURCES := $(filter-out tests/oracle/% $(TOOL_SOURCES) %_test.c %_fuzz.c %/main.c tests/check.c, \
		   $(sort $(wildcard tests/*.c tests/*/*.c)))

TEST_PROGRAMS  := $(TEST_SOURCES:%.c=$(O)/%)
FUZZ_PROGRAMS  := $(FUZZ_SOURCES:%.c=$(B)/fuzz/%)
TOOL_PROGRAMS  := $(TOOL_SOURCES:%.c=$(O)/%)
FARM           := $(if $(FARM_SOURCES),$(O)/tests/farm/farm)
SUPPORT        := $(O)/tests/support.a
ORACLE_SUPPORT := $(O)/tests/oracle/support.a
CHECK_O        := $(O)/tests/check.o

TEST_OBJECTS := $(call objects,tests/check.c $(TEST_SOURCES) $(FUZZ_SOURCES) $(TOOL_SOURCES) \
		$(FARM_SOURCES) $(SUPPORT_SOURCES) $(ORACLE_SUPPORT_SOURCES))
DEPENDENCIES += $(TEST_OBJECTS:.o=.d)

$(O)/tests/%: private PART_CPPFLAGS = -I. -Itests $(if $(findstring oracle,$(@:$(O)/%=%)),$(CFLAGS_SNMP))
$(O)/tests/%: private PART_LIBS = $(if $(findstring oracle,$(@:$(O)/%=%)),$(LIBS_SNMP))

$(eval $(call stamp,$(O)/tests/support.stamp,$(SUPPORT_SOURCES)))
$(SUPPORT): $(call objects,$(SUPPORT_SOURCES)) $(O)/tests/support.stamp
	$(archive)
$(eval $(call stamp,$(O)/tests/oracle/support.stamp,$(ORACLE_SUPPORT_SOURCES)))
$(ORACLE_SUPPORT): $(call objects,$(ORACLE_SUPPORT_SOURCES)) $(O)/tests/oracle/support.stamp
	$(archive)
FIRST := $(ORACLE_SUPPORT)
$(foreach p,$(TEST_PROGRAMS) $(FUZZ_PROGRAMS),$(if $(findstring oracle,$(p:$(B)/%=%)),$(p))): $(ORACLE_SUPPORT)

$(TEST_PROGRAMS): %: %.o $(CHECK_O) $(SUPPORT) $(LIBCLI) $(LIBBRAYER)
	$(link)
$(TOOL_PROGRAMS): %: %.o $(SUPPORT) $(LIBCLI) $(LIBBRAYER)
	$(link)
ifneq ($(FARM),)
$(FARM): $(call objects,$(FARM_SOURCES)) $(SUPPORT) $(LIBBRAYER)
	$(link)
endif
ifeq ($(VARIANT),fuzz)
$(FUZZ_PROGRAMS): %: %.o $(SUPPORT) $(LIBCLI) $(LIBBRAYER)
	$(link)
endif

# Scripts: tests/*.sh are about the build itself and run once, tests/*/*_test.sh run the programs
# and so run once a variant; DIRECTORY@SCRIPT tells run.sh which.
HOUSE_SCRIPTS := $(filter-out tests/run.sh,$(sort $(wildcard tests/*.sh)))
TEST_SCRIPTS  := $(sort $(wildcard tests/*/*_test.sh))
# $(call tests_of,variant): what run.sh is given.
tests_of = $(call chosen,$(TEST_SOURCES:%.c=$(B)/$(1)/%) $(TEST_SCRIPTS:%=$(B)/$(1)@%))

# What a run of tests needs beside the tests.
test-programs: $(call chosen,$(TEST_PROGRAMS)) $(TOOL_PROGRAMS) $(FARM) $(BRAYER)
fuzz-programs: $(call chosen,$(FUZZ_PROGRAMS))
.PHONY: test-programs fuzz-programs
