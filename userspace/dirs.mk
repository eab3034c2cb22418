# SPDX-License-Identifier: GPL-2.0
#
# Where things are installed, for the top Makefile and the one beside this file. Each
# folder can be set; DESTDIR is put in front of all of them.
PREFIX         ?= /usr
BINDIR         ?= $(PREFIX)/bin
LIBDIR         ?= $(PREFIX)/lib
LIBEXECDIR     ?= $(PREFIX)/libexec
INCLUDEDIR     ?= $(PREFIX)/include
DATADIR        ?= $(PREFIX)/share
MANDIR         ?= $(DATADIR)/man
SYSCONFDIR     ?= /etc
# Where shells look for completions.
BASHCOMPDIR    ?= $(DATADIR)/bash-completion/completions
ZSHCOMPDIR     ?= $(DATADIR)/zsh/vendor-completions
FISHCOMPDIR    ?= $(DATADIR)/fish/vendor_completions.d
# Where Python looks for packages of the distribution.
PYTHONDIR      ?= $(PREFIX)/lib/python3/dist-packages
# Sources that other modules are built with; the folders of kmod, systemd and udev.
SRCDIR         ?= $(PREFIX)/src
MODPROBEDIR    ?= $(PREFIX)/lib/modprobe.d
MODULESLOADDIR ?= $(PREFIX)/lib/modules-load.d
UNITDIR        ?= $(PREFIX)/lib/systemd/system
UDEVRULESDIR   ?= $(PREFIX)/lib/udev/rules.d
# Below it are the modules of each kernel.
MODULESDIR     ?= /lib/modules
# What is installed, for "make uninstall".
LISTDIR         = $(DATADIR)/vdev/installed
DESTDIR        ?=

PKG_CONFIG     ?= pkg-config
