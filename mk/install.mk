# install.mk - what goes where, what takes it away again, and the tarball.
# SPDX-License-Identifier: MIT

MANUALS    := $(sort $(wildcard docs/man/*.1 docs/man/*.5 docs/man/*.7 docs/man/*.8))
COMPLETION := $(sort $(wildcard contrib/completion/*.bash))
DOCUMENTS  := LICENSE contrib/brayer.conf.example docs/reading.schema.json \
	$(addprefix docs/,$(addsuffix .md,ADDING-A-PRINTER CHECKS COLLECTOR DISCOVERY FORECAST MONITORING READING SNMP STORE))
# For other programs: configuration and feeders, in directories of their own below the documents.
EXAMPLES   := $(sort $(wildcard contrib/icinga2/* contrib/nagios/* contrib/grafana/* contrib/passive/*.service contrib/passive/*.timer))
FEEDERS    := $(filter-out $(EXAMPLES),$(sort $(wildcard contrib/passive/*)))

feeder = $(if $(2),link,0755):$(LIBDIR)/brayer/$(notdir $(1)):$(or $(2),$(1))

# Each file once, MODE:PLACE:SOURCE, for install and uninstall alike; where MODE is link, SOURCE is
# what the link says.
INSTALLED = $(BRAYER:%=0755:$(BINDIR)/brayer:%) $(BRAYERD:%=0755:$(SBINDIR)/brayerd:%) \
	$(if $(BRAYERD),0644:$(SYSTEMDDIR)/systemd/system/brayerd.service:contrib/systemd/brayerd.service \
		0644:$(SYSTEMDDIR)/sysusers.d/brayer.conf:contrib/systemd/sysusers.conf \
		0644:$(SYSTEMDDIR)/tmpfiles.d/brayer.conf:contrib/systemd/tmpfiles.conf) \
	$(PLUGIN:%=0755:$(NAGIOSDIR)/check_printer_all:%) \
	$(foreach f,$(if $(PLUGIN),$(PLUGIN_NAMES)),link:$(NAGIOSDIR)/$(f):check_printer_all) \
	$(foreach f,$(EXAMPLES),0644:$(DOCDIR)/$(f:contrib/%=%):$(f)) \
	$(foreach f,$(FEEDERS),$(call feeder,$(f),$(shell readlink $(f)))) \
	$(foreach f,$(DOCUMENTS),0644:$(DOCDIR)/$(notdir $(f)):$(f)) \
	$(foreach f,$(COMPLETION),0644:$(COMPLETIONDIR)/$(basename $(notdir $(f))):$(f)) \
	$(foreach f,$(MANUALS),0644:$(MANDIR)/man$(patsubst .%,%,$(suffix $(f)))/$(notdir $(f)):$(f))
each_installed = printf '%s\n' $(INSTALLED) | while IFS=: read -r mode place source

# A makers' file of the site goes to mibs.d; those that come with Brayer are compiled in.
MIBSDIR = $(SYSCONFDIR)/brayer/mibs.d

# What is text says where things are on this machine, not where they are in the source.
WHERE = -e 's!/etc/brayer!$(SYSCONFDIR)/brayer!g' -e 's!/usr/sbin/brayerd!$(SBINDIR)/brayerd!g' \
	-e 's!\(^\|[ (]\)docs/\([A-Z]\)!\1$(DOCDIR)/\2!g' \
	-e 's!contrib/\(icinga2\|nagios\|grafana\|passive\)!$(DOCDIR)/\1!g' \
	-e 's!/usr/lib/brayer/!$(LIBDIR)/brayer/!g' -e 's!/usr/lib/nagios/plugins!$(NAGIOSDIR)!g' \
	-e 's!contrib/brayer.conf.example!$(DOCDIR)/brayer.conf.example!g'

install: all ## into DESTDIR, below PREFIX
	@$(INSTALL) -d '$(DESTDIR)$(MIBSDIR)'
	@set -e; $(each_installed); do \
		$(INSTALL) -d '$(DESTDIR)'"$${place%/*}"; \
		if [ "$$mode" = link ]; then ln -sf "$$source" '$(DESTDIR)'"$$place"; continue; fi; \
		if [ "$${source#$(O)/}" = "$$source" ]; then \
			sed $(WHERE) "$$source" >$(O)/installed; source=$(O)/installed; \
		fi; \
		$(INSTALL) -m "$$mode" "$$source" '$(DESTDIR)'"$$place"; \
	done; rm -f $(O)/installed
	@echo 'installed below $(PREFIX). How to start the collector: man 8 brayerd, STARTING IT'

uninstall: ## take away what install put there; configuration and store stay
	@$(each_installed); do rm -f '$(DESTDIR)'"$$place"; done
	@for own in '$(MIBSDIR)' '$(SYSCONFDIR)/brayer' $(patsubst %,'$(DOCDIR)/%',icinga2 nagios grafana passive) '$(DOCDIR)' '$(LIBDIR)/brayer'; do \
		rmdir '$(DESTDIR)'"$$own" 2>/dev/null || :; done

dist: ## a tarball of the last commit, refused while something is not committed
	@test -z "$$(git status --porcelain)" || { echo 'dist: not everything is committed' >&2; exit 1; }
	@mkdir -p $(B)
	git archive --format=tar --prefix=brayer-$(VERSION)/ HEAD | gzip -9n > $(B)/brayer-$(VERSION).tar.gz
	cd $(B) && sha256sum brayer-$(VERSION).tar.gz > brayer-$(VERSION).tar.gz.sha256

.PHONY: install uninstall dist
