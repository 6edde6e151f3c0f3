# rules.mk - how an object, an archive and a program are made; stamps for what make cannot see.
# SPDX-License-Identifier: MIT

AR ?= ar
INSTALL ?= install
AWK ?= awk

# $(call say,VERB,file) begins a recipe: quiet with one line, or the command itself with V=1.
quiet = $(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(filter 1,$(V)),,@$(if $(quiet),,printf '%-7s %s\n' '$(1)' '$(2)';))
objects = $(patsubst %.c,$(O)/%.o,$(1))

GENERATED := $(O)/gen/version.h
DEPENDENCIES :=

# $(call stamp,file,text): a file that changes only when the text does, so that what depends on it
# is made again when flags change or a source disappears.
define stamp
$(1): FORCE
	@mkdir -p $$(@D); printf '%s\n' '$$(subst ','\'',$(2))' > $$@.new$$$$$$$$; \
	if cmp -s $$@.new$$$$$$$$ $$@; then rm -f $$@.new$$$$$$$$; else mv -f $$@.new$$$$$$$$ $$@; fi
endef
$(eval $(call stamp,$(O)/flags.stamp,$$(CC) $$(ALL_CPPFLAGS) $$(ALL_CFLAGS) $$(ALL_LDFLAGS) $$(BUILD_CRYPTO) $$(BUILD_SQLITE)))

$(eval $(call stamp,$(O)/gen/version.stamp,$(VERSION) $(SYSCONFDIR)))
$(O)/gen/version.h: mk/rules.mk $(O)/gen/version.stamp
	@printf '/* Made while building. */\n#ifndef BR_VERSION\n#define BR_VERSION "%s"\n#define BR_SYSCONFDIR "%s"\n#endif\n' \
		'$(VERSION)' '$(SYSCONFDIR)' > $@

# Each object leaves its own compile_commands entry beside itself.
compile = $(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c $< -o $@
$(O)/%.o: %.c Makefile $(wildcard mk/*.mk) $(O)/flags.stamp | $(GENERATED)
	@mkdir -p $(@D)
	@printf '{"directory":"%s","file":"%s","command":"%s"}\n' '$(CURDIR)' '$<' \
		'$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c $< -o $@' > $(@:.o=.cc.json)
	$(call say,CC,$<)$(compile)

$(O)/gen/%.o: $(O)/gen/%.c $(O)/flags.stamp
	$(call say,CC,$<)$(compile)

archive = $(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)
# $(FIRST) goes before the other archives, so that a name is found there first.
archives = $(filter $(FIRST),$^) $(filter-out $(FIRST),$(filter %.a,$^))
link = $(call say,LD,$@)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(archives) $(PART_LIBS) $(BR_LIBS)
