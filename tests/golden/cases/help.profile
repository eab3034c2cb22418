Usage: vdevctl [OPTIONS] profile load [FILE | DIRECTORY | -]... [--replace] [--dry-run]

Declare what drivers do not, as a vendor says.
Without an argument, load what is in /etc/vdev/profiles.d and /usr/share/vdev/profiles.d.
Of a directory it is the files *.json, by name. All are checked before the first is
loaded. It takes CAP_NET_ADMIN.

Options of this command:
  --replace               take the place of profiles with the same names
  --dry-run               read and check the files, and change nothing

Usage: vdevctl [OPTIONS] profile show [NAME]

Show one profile, or all, the one that goes before others first.

Usage: vdevctl [OPTIONS] profile del NAME... | --all

Take profiles out of effect. It takes CAP_NET_ADMIN.

Options of this command:
  --all                   delete every profile
