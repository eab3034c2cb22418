# SPDX-License-Identifier: GPL-2.0
#
# The front door: builds everything into build/, installs it, runs the checks.
# The work is done by kernel/Kbuild, userspace/Makefile and the scripts; only
# "make setup", "make demo" and the checks download anything.

BUILD   ?= $(CURDIR)/build
DESTDIR ?=

# Modules are for the running kernel when its headers are installed, else for
# the kernel that the test guests use by default.
GUEST   ?= 6.12
KERNEL  ?= kasan
OPS     ?= 10000000
TORTURED = $(patsubst kasan,debug,$(if $(filter file,$(origin KERNEL)),$(GUEST),$(KERNEL)))
KREL    ?= $(shell uname -r)
KDIR    ?= $(firstword $(wildcard /lib/modules/$(KREL)/build))
TARGET  := $(or $(KDIR),$(GUEST))
MODULES := $(BUILD)/modules/$(if $(KDIR),$(KREL),$(GUEST))

ifeq ($(V),1)
Q :=
else
Q := @
MAKEFLAGS += -s --no-print-directory
endif
export V
export VDEV_BUILD := $(abspath $(BUILD))

.PHONY: all
all: user modules ## build everything (default)

.PHONY: user
user: ## build libvdev and vdevctl
	$(Q)$(MAKE) -C userspace O=$(VDEV_BUILD)/user all

.PHONY: modules
modules: ## build the modules (KDIR=headers to build for, W=1 for more warnings)
	$(Q)tests/vm/modules.sh $(TARGET) $(MODULES) $(if $(W),W=$(W)) $(if $(C),C=$(C))

.PHONY: install
install: install-user $(if $(KDIR),install-modules) ## install into DESTDIR

.PHONY: install-user
install-user: user ## install only libvdev, vdevctl and their manual pages
	$(Q)$(MAKE) -C userspace O=$(VDEV_BUILD)/user DESTDIR=$(DESTDIR) install

.PHONY: install-modules
install-modules: modules ## install only the modules, for the kernel of KDIR
	$(Q)test -n "$(KDIR)" || { echo "no headers of a kernel: set KDIR" >&2; exit 1; }
	$(Q)install -d $(DESTDIR)/lib/modules/$(KREL)/updates
	$(Q)install -m 644 $(MODULES)/vdev*.ko $(DESTDIR)/lib/modules/$(KREL)/updates
	$(Q)test -n "$(DESTDIR)" || depmod $(KREL)

.PHONY: setup
setup: ## install the Debian packages that are missing (12 or 13, as root)
	$(Q)scripts/setup.sh

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
kselftest: ## run the kernel selftests in a guest (GUEST=6.1, 6.12 or 7.2)
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

.PHONY: bench
bench: user ## measure, the judgement here and all else in a guest
	$(Q)$(MAKE) -C tests/bench
	$(Q)$(VDEV_BUILD)/bench-build/judge
	$(Q)tests/vm/modules.sh $(GUEST) $(VDEV_BUILD)/modules/$(GUEST)
	$(Q)tests/vm/realdevs.sh $(GUEST) >/dev/null
	$(Q)tests/vm/run.sh --kernel $(GUEST) --smp 2 --timeout 1200 --mem 2G \
		--results $(VDEV_BUILD)/bench tests/bench/run.sh
	$(Q)tests/vm/run.sh --kernel $(GUEST) --smp 2 --timeout 600 --mem 2G \
		--results $(VDEV_BUILD)/bench-follow tests/bench/follow.sh
	$(Q)$(MAKE) bench-hostile

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
	$(Q)rm -rf $(VDEV_BUILD)

.PHONY: distclean
distclean: clean ## also remove the cache of kernels and sources
	$(Q)rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/vdev"

.PHONY: help
help: ## list the targets
	@echo 'Targets (V=1 shows every command):'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | \
		expand -t 20
