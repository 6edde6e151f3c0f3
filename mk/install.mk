# install.mk - what goes where, and the tarball.
# SPDX-License-Identifier: MIT

MANUALS    := $(sort $(wildcard docs/man/*.1 docs/man/*.5 docs/man/*.7 docs/man/*.8))
COMPLETION := $(wildcard contrib/completion/brayer.bash)
DOCUMENTS  := $(wildcard LICENSE contrib/brayer.conf.example docs/READING.md docs/reading.schema.json \
	docs/ADDING-A-PRINTER.md docs/COLLECTOR.md docs/FORECAST.md)

# The unit says where the program is.
define install-collector
	$(INSTALL) -d '$(DESTDIR)$(SBINDIR)' '$(DESTDIR)$(SYSTEMDDIR)/systemd/system' \
		'$(DESTDIR)$(SYSTEMDDIR)/sysusers.d' '$(DESTDIR)$(SYSTEMDDIR)/tmpfiles.d'
	$(INSTALL) -m 0755 $(BRAYERD) '$(DESTDIR)$(SBINDIR)'
	sed -e 's#/usr/sbin/#$(SBINDIR)/#' -e 's#/etc/brayer#$(SYSCONFDIR)/brayer#' contrib/systemd/brayerd.service \
		>'$(DESTDIR)$(SYSTEMDDIR)/systemd/system/brayerd.service'
	chmod 0644 '$(DESTDIR)$(SYSTEMDDIR)/systemd/system/brayerd.service'
	$(INSTALL) -m 0644 contrib/systemd/sysusers.conf '$(DESTDIR)$(SYSTEMDDIR)/sysusers.d/brayer.conf'
	$(INSTALL) -m 0644 contrib/systemd/tmpfiles.conf '$(DESTDIR)$(SYSTEMDDIR)/tmpfiles.d/brayer.conf'
endef

# The makers' files are compiled in; a site's own go to $(SYSCONFDIR)/brayer/mibs.d.
install: all ## into DESTDIR, below PREFIX
	$(INSTALL) -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(DOCDIR)' '$(DESTDIR)$(SYSCONFDIR)/brayer/mibs.d'
	$(if $(BRAYER),$(INSTALL) -m 0755 $(BRAYER) '$(DESTDIR)$(BINDIR)')
	$(if $(BRAYERD),$(install-collector))
	$(INSTALL) -m 0644 $(DOCUMENTS) '$(DESTDIR)$(DOCDIR)'
	$(if $(COMPLETION),$(INSTALL) -d '$(DESTDIR)$(COMPLETIONDIR)' && \
		$(INSTALL) -m 0644 $(COMPLETION) '$(DESTDIR)$(COMPLETIONDIR)/brayer')
	set -e; for page in $(MANUALS); do section='$(DESTDIR)$(MANDIR)'/man$${page##*.}; \
		$(INSTALL) -d "$$section"; $(INSTALL) -m 0644 "$$page" "$$section"; done

dist: ## a tarball of the last commit, refused while something is not committed
	@test -z "$$(git status --porcelain)" || { echo 'dist: not everything is committed' >&2; exit 1; }
	@mkdir -p $(B)
	git archive --format=tar --prefix=brayer-$(VERSION)/ HEAD | gzip -9n > $(B)/brayer-$(VERSION).tar.gz
	cd $(B) && sha256sum brayer-$(VERSION).tar.gz > brayer-$(VERSION).tar.gz.sha256

.PHONY: install dist
