# SPDX-License-Identifier: GPL-2.0
#
# The front door: builds everything into build/, installs it, runs the checks.
# The work is done by kernel/Kbuild, userspace/Makefile and the scripts. Building and
# installing download nothing; "make setup", the demo and the checks do.

BUILD   ?= $(CURDIR)/build

include userspace/dirs.mk

VERSION := $(shell cat VERSION)

# The kernel of the test guests, and the one that finds errors.
GUEST   ?= 6.12
KERNEL  ?= kasan
OPS     ?= 10000000
TORTURED = $(patsubst kasan,debug,$(if $(filter file,$(origin KERNEL)),$(GUEST),$(KERNEL)))

# Modules are built for the kernel whose headers are in KDIR: the running one, if they
# are installed. Read when it is needed: "make setup" may install them before.
KDIR    ?= $(shell realpath -qe /lib/modules/$$(uname -r)/build)
KREL     = $(shell cat "$(KDIR)/include/config/kernel.release" 2>/dev/null)
MODULES  = $(VDEV_BUILD)/modules/$(KREL)
STRIP   ?= $(CROSS_COMPILE)strip

ifeq ($(V),1)
Q :=
else
Q := @
MAKEFLAGS += -s --no-print-directory
endif
export V
export VDEV_BUILD := $(abspath $(BUILD))

NO_HEADERS = no kernel headers: install linux-headers-$(shell uname -r) or set KDIR

.PHONY: all
all: user ## build everything (default)
	$(Q)$(if $(KREL),$(MAKE) modules,echo "only user space is built: $(NO_HEADERS)" >&2)

# When packages are to be installed, all else waits for them.
SETUP := $(filter setup setup-tests,$(MAKECMDGOALS))
user headers-there check check-fast demo: | $(SETUP)

.PHONY: user
user: ## build libvdev and vdevctl
	$(Q)$(MAKE) -C userspace O=$(VDEV_BUILD)/user all

.PHONY: headers-there
headers-there:
	$(Q)test -n "$(KREL)" || { echo "$(if $(KDIR),$(KDIR) is not the headers of \
	a kernel,$(NO_HEADERS)); \"make install-user\" needs none" >&2; exit 1; }

.PHONY: modules
modules: headers-there ## build the modules (KDIR=headers to build for, W=1 for more warnings)
	$(Q)tests/vm/modules.sh $(abspath $(KDIR)) $(MODULES) $(if $(W),W=$(W)) $(if $(C),C=$(C))

.PHONY: install
install: headers-there user ## install into DESTDIR; userspace/dirs.mk names the folders
	$(Q)$(MAKE) install-user install-modules

.PHONY: install-user
install-user: user ## install only libvdev, vdevctl and their manual pages
	$(Q)$(MAKE) -C userspace O=$(VDEV_BUILD)/user install

# Those that are not for tests alone, and those of them that this kernel can have.
INSTALLED = $(wildcard $(patsubst %,$(MODULES)/%.ko,$(shell \
	sed -n 's/.*BUILT_MODULE_NAME.*="\(.*\)"/\1/p' dkms.conf)))
UPDATES   = $(DESTDIR)$(MODULESDIR)/$(KREL)/updates
PUT       = packaging/installed.sh put "$(DESTDIR)" $(SYSCONFDIR) $(LISTDIR)
REMOVE    = packaging/installed.sh remove "$(DESTDIR)" $(LISTDIR)

.PHONY: install-modules
install-modules: modules ## install only the modules, and what drivers need to call them
	$(Q)$(PUT)/modules-$(KREL) $(MAKE) staged-modules
	$(Q)test -n "$(DESTDIR)" || depmod $(KREL)

# What is installed, into an empty folder.
.PHONY: staged-modules
staged-modules:
	$(Q)install -d $(UPDATES)
	$(Q)install -m 644 $(INSTALLED) $(UPDATES)
	$(Q)$(STRIP) --strip-debug $(patsubst $(MODULES)/%,$(UPDATES)/%,$(INSTALLED))
	$(Q)install -d $(DESTDIR)$(MODULESLOADDIR)
	$(Q)install -m 644 packaging/modules-load.d/vdev.conf $(DESTDIR)$(MODULESLOADDIR)
	$(Q)packaging/provider-headers.sh install $(DESTDIR)$(SRCDIR)/vdev-headers-$(KREL) \
		$(MODULES)/kernel/Module.symvers

.PHONY: install-dkms
install-dkms: ## install the sources of the modules for DKMS, which builds them
	$(Q)$(PUT)/dkms-$(VERSION) $(MAKE) staged-dkms

.PHONY: staged-dkms
staged-dkms:
	$(Q)packaging/dkms-source.sh $(DESTDIR)$(SRCDIR)/vdev-$(VERSION)
	$(Q)install -d $(DESTDIR)$(MODULESLOADDIR)
	$(Q)install -m 644 packaging/modules-load.d/vdev.conf $(DESTDIR)$(MODULESLOADDIR)

.PHONY: uninstall
uninstall: ## remove what was installed into DESTDIR, with the same folders
	$(Q)$(REMOVE) modules dkms user

.PHONY: uninstall-user
uninstall-user: ## remove what install-user has installed
	$(Q)$(REMOVE) user

.PHONY: uninstall-modules
uninstall-modules: ## remove the modules, of every kernel
	$(Q)$(REMOVE) modules

.PHONY: uninstall-dkms
uninstall-dkms: ## remove the sources for DKMS ("dkms remove" removes what it built)
	$(Q)$(REMOVE) dkms

SPHINXBUILD ?= sphinx-build
SOURCES     ?= Documentation

.PHONY: html
html: ## make one book of the documents, in HTML, into build/html
	$(Q)command -v $(SPHINXBUILD) >/dev/null || { echo "there is no $(SPHINXBUILD): \
	\"scripts/setup.sh docs\" installs what this needs" >&2; exit 1; }
	$(Q)PYTHONDONTWRITEBYTECODE=1 $(SPHINXBUILD) -q -n -W --keep-going -d $(VDEV_BUILD)/sphinx \
		$(SOURCES) $(VDEV_BUILD)/html

.PHONY: dist
dist: ## pack the sources of the last commit into build/vdev-VERSION.tar.xz
	$(Q)scripts/dist.sh $(VDEV_BUILD)

.PHONY: deb
deb: ## build packages of Debian from the last commit, into build/deb
	$(Q)scripts/deb.sh $(VDEV_BUILD)/deb

.PHONY: rpm
rpm: ## build packages of RPM from the last commit, into build/rpm
	$(Q)scripts/rpm.sh $(VDEV_BUILD)/rpm

# For another kernel tree than Debian's newest: TREE.
.PHONY: patches
patches: ## write this as patches for a kernel tree (TREE=folder) into build/patches
	$(Q)rm -rf $(VDEV_BUILD)/patches
	$(Q)scripts/patches.py "$(or $(TREE),$$(tests/vm/source.sh newest tree))" \
		$(VDEV_BUILD)/patches $(FORMAT_PATCH)

.PHONY: setup
setup: ## install the Debian packages that building needs (12 or 13, as root)
	$(Q)scripts/setup.sh

.PHONY: setup-tests
setup-tests: | $(filter setup,$(SETUP)) ## install also those of the tests and their guests
	$(Q)scripts/setup.sh build test static docs endian vm

.PHONY: demo
demo: ## show it at work: a guest with devices on two buses
	$(Q)scripts/demo.sh $(GUEST)

.PHONY: check
check: ## run the checks, in guests too; scripts/check.sh --list has more
	$(Q)scripts/check.sh

.PHONY: check-fast
check-fast: ## run the checks that need no guest
	$(Q)scripts/check.sh --fast

.PHONY: kselftest
kselftest: ## run the kernel selftests in a guest (GUEST=6.1, 6.12 or newest)
	$(Q)scripts/check.sh guest-$(GUEST)

.PHONY: debug-kernel
debug-kernel: ## build a kernel that finds errors (KERNEL=kasan or kcsan)
	$(Q)tests/vm/debug-kernel.sh $(KERNEL)

.PHONY: torture
torture: ## everything at once, for hours (OPS=10000000, KERNEL=6.12, kasan or kcsan)
	$(Q)$(MAKE) -C tests/torture
	$(Q)tests/vm/modules.sh $(TORTURED) $(VDEV_BUILD)/modules/$(TORTURED)
	$(Q)tests/vm/realdevs.sh $(TORTURED) >/dev/null
	$(Q)tests/vm/run.sh --kernel $(TORTURED) --smp 4 --timeout 90000 \
		$(if $(filter debug kcsan,$(TORTURED)),tests/vm/debug-end.sh) \
		tests/torture/run.sh $(OPS) 86400
ifneq ($(TORTURED),kcsan)
	$(Q)scripts/check.sh fault fault-load
	$(Q)$(MAKE) nlfuzz
endif

.PHONY: reality
reality: user ## hold verdicts against migrations that happen (PAIRS=220, SEED=number)
	$(Q)tests/vm/modules.sh 6.12 $(VDEV_BUILD)/modules/6.12
	$(Q)tests/modules/build.sh 6.12 $(VDEV_BUILD)/test-modules/6.12
	$(Q)tests/vm/realdevs.sh 6.12 >/dev/null
	$(Q)tests/reality/run.sh $(or $(PAIRS),220) $(SEED)

.PHONY: bench
bench: user ## measure, judgement, plan and matrix here and all else in a guest
	$(Q)$(MAKE) -C tests/bench
	$(Q)$(VDEV_BUILD)/bench-build/judge
	$(Q)$(VDEV_BUILD)/bench-build/plan
	$(Q)$(VDEV_BUILD)/bench-build/matrix
	$(Q)tests/bench/many.py $(VDEV_BUILD)/user/vdevctl
	$(Q)tests/vm/modules.sh $(GUEST) $(VDEV_BUILD)/modules/$(GUEST)
	$(Q)tests/vm/realdevs.sh $(GUEST) >/dev/null
	$(Q)tests/modules/build.sh $(GUEST) $(VDEV_BUILD)/test-modules/$(GUEST)
	$(Q)tests/vm/run.sh --kernel $(GUEST) --smp 2 --timeout 1200 --mem 2G \
		--results $(VDEV_BUILD)/bench tests/bench/run.sh
	$(Q)tests/vm/run.sh --kernel $(GUEST) --smp 2 --timeout 600 --mem 2G \
		--results $(VDEV_BUILD)/bench-follow tests/bench/follow.sh
	$(Q)$(MAKE) bench-tools
	$(Q)$(MAKE) bench-hostile

.PHONY: bench-tools
bench-tools: user ## measure vdevctl beside devlink, vdpa and mdevctl
	$(Q)$(MAKE) -C tests/bench
	$(Q)tests/vm/modules.sh $(GUEST) $(VDEV_BUILD)/modules/$(GUEST)
	$(Q)tests/vm/realdevs.sh $(GUEST) >/dev/null
	$(Q)tests/modules/build.sh $(GUEST) $(VDEV_BUILD)/test-modules/$(GUEST)
	$(Q)tests/vm/run.sh --kernel $(GUEST) --steady --smp 1 --timeout 1800 --mem 2G \
		--results $(VDEV_BUILD)/bench-tools tests/bench/tools.sh

.PHONY: bench-hostile
bench-hostile: user ## measure what readers without privilege can take from others
	$(Q)$(MAKE) -C tests/bench
	$(Q)tests/vm/modules.sh $(GUEST) $(VDEV_BUILD)/modules/$(GUEST)
	$(Q)tests/vm/realdevs.sh $(GUEST) >/dev/null
	$(Q)tests/vm/run.sh --kernel $(GUEST) --steady --smp 1 --timeout 3600 --mem 2G \
		--results $(VDEV_BUILD)/bench-hostile-1 tests/bench/hostile.sh
	$(Q)tests/vm/run.sh --kernel $(GUEST) --steady --smp 2 --timeout 3600 --mem 2G \
		--results $(VDEV_BUILD)/bench-hostile-2 tests/bench/hostile.sh latency

.PHONY: nlfuzz
nlfuzz: user ## send wrong messages to a debug kernel (COUNT=1000000, SEED=number)
	$(Q)tests/nlfuzz/run.sh --count $(or $(COUNT),1000000) --records 50000 --timeout 86400 \
		$(if $(SEED),--seed $(SEED))

.PHONY: clean
clean: ## remove what was built
	$(Q)case "$(CURDIR)/" in "$(VDEV_BUILD)/"*) \
		echo "$(VDEV_BUILD) has more in it than what was built" >&2; exit 1 ;; esac
	$(Q)rm -rf "$(VDEV_BUILD)"

.PHONY: distclean
distclean: clean ## also remove what the tests leave in the source tree
	$(Q)find . -name __pycache__ -prune -exec rm -rf {} +

.PHONY: clean-cache
clean-cache: ## remove the kernels and sources that were downloaded, for all trees
	$(Q)rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/vdev"

.PHONY: help
help: ## list the targets
	@echo 'Targets (V=1 shows every command):'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | \
		expand -t 20
