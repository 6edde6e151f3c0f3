# build.mk - libbrayer.a: every floor of shared/, and the makers' files as text.
# SPDX-License-Identifier: MIT

LIBBRAYER := $(O)/libbrayer.a
MIBS := $(sort $(wildcard mibs/*.mib))

# A part left out is another file with the same functions.
LIB_LEFT_OUT := $(if $(BUILD_CRYPTO),shared/link/crypto_left_out.c,shared/link/crypto.c) \
		$(if $(BUILD_SQLITE),shared/store/sql_left_out.c,shared/store/sql.c)
LIB_SOURCES := $(filter-out $(LIB_LEFT_OUT),$(sort $(wildcard shared/*/*.c)))
LIB_OBJECTS := $(call objects,$(LIB_SOURCES)) $(O)/gen/makers_text.o
DEPENDENCIES += $(LIB_OBJECTS:.o=.d)

$(O)/shared/link/crypto.o: private PART_CPPFLAGS = $(CFLAGS_CRYPTO)
$(O)/shared/store/sql.o: private PART_CPPFLAGS = $(CFLAGS_SQLITE)

$(eval $(call stamp,$(O)/gen/makers.stamp,$(MIBS)))
$(O)/gen/makers_text.c: $(MIBS) mk/embed.awk $(O)/gen/makers.stamp
	$(call say,EMBED,mibs/*.mib)LC_ALL=C $(AWK) -f mk/embed.awk $(MIBS) < /dev/null > $@

$(eval $(call stamp,$(O)/libbrayer.stamp,$(LIB_OBJECTS)))
$(LIBBRAYER): $(LIB_OBJECTS) $(O)/libbrayer.stamp
	$(archive)

PRODUCTS += $(LIBBRAYER)
