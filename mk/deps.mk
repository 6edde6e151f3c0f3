# deps.mk - which libraries are here, and a clear word where one is not.
# SPDX-License-Identifier: MIT

PKG_CONFIG ?= pkg-config

no_pkg_config := $(if $(shell command -v $(PKG_CONFIG)),, and pkgconf)

# $(call dep,NAME,pkg-config module,minimum,Debian package)
define dep
HAVE_$(1)   := $$(shell $(PKG_CONFIG) --exists '$(2) >= $(3)' 2>/dev/null && echo yes)
CFLAGS_$(1) := $$(shell $(PKG_CONFIG) --cflags $(2) 2>/dev/null)
LIBS_$(1)   := $$(shell $(PKG_CONFIG) --libs $(2) 2>/dev/null)
WHY_$(1)    := $(2) >= $(3) (Debian: $(4)$(no_pkg_config))
endef
$(eval $(call dep,CRYPTO,libcrypto,3.0,libssl-dev))
$(eval $(call dep,SNMP,netsnmp,5.9,libsnmp-dev))
$(eval $(call dep,SQLITE,sqlite3,3.22,libsqlite3-dev))

# $(call part,NAME,DEP...,what a person calls it) sets BUILD_NAME from WITH_NAME=auto|yes|no.
missing = $(strip $(foreach d,$(1),$(if $(HAVE_$(d)),,needs $(WHY_$(d)))))
define part
PARTS += $(1)
WITH_$(1) ?= auto
ifeq ($$(filter auto yes no,$$(WITH_$(1))),)
$$(error WITH_$(1)=$$(WITH_$(1)): say auto, yes or no)
else ifeq ($$(WITH_$(1)),no)
BUILD_$(1) :=
LEFT_OUT += "$(3): WITH_$(1)=no"
else ifeq ($$(call missing,$(2)),)
BUILD_$(1) := yes
else ifeq ($$(WITH_$(1)),yes)
$$(error $(3): $$(call missing,$(2)))
else
BUILD_$(1) :=
LEFT_OUT += "$(3): $$(call missing,$(2))"
endif
endef
$(eval $(call part,CRYPTO,CRYPTO,SNMPv3 passwords and encryption))
$(eval $(call part,SQLITE,SQLITE,the store))
$(eval $(call part,ORACLE,SNMP,tests against net-snmp as oracle))
