Usage: vdevctl [OPTIONS] profile load [FILE | DIRECTORY | -]... [--replace] [--dry-run]

Load profiles, which declare what drivers do not (requires CAP_NET_ADMIN).
Without an argument, load what is in /etc/vdev/profiles.d and /usr/share/vdev/profiles.d.
Of a directory it is the files *.json, by name. All are checked before the first is
loaded.

Options of this command:
  --replace               replace profiles that have the same names
  --dry-run               read and check the files, and change nothing

Usage: vdevctl [OPTIONS] profile sync [FILE | DIRECTORY | -]... [--dry-run]

Load profiles as --replace does, and remove all others (requires CAP_NET_ADMIN).
Without an argument, load what is in /etc/vdev/profiles.d and /usr/share/vdev/profiles.d.
Of a directory it is the files *.json, by name. All are checked before the first is
loaded.

Options of this command:
  --dry-run               read and check the files, and change nothing

Usage: vdevctl [OPTIONS] profile show [NAME]

Show one profile, or all in order of precedence.

Usage: vdevctl [OPTIONS] profile del NAME... | --all

Remove profiles (requires CAP_NET_ADMIN).

Options of this command:
  --all                   delete every profile
