# SPDX-License-Identifier: GPL-2.0
#
# Completion for vdevctl in fish. What may come next is what "vdevctl help --complete" prints.

# Names of files that end so, behind what is there of the word, and folders.
function __vdevctl_files --argument-names begin suffix current
    set -l path (string sub --start (math (string length -- $begin) + 1) -- $current)
    set -l typed (string escape --no-quoted -- $path | string replace -r '^\\\\~' '~')
    for file in (complete -C "'' $typed" | string replace -r '\t.*' '')
        if string match -q -- '*/' $file; or string match -q -- "*$suffix" $file
            echo $begin$file
        end
    end
end

# A word without its quotes, of which the last one may be open.
function __vdevctl_plain --argument-names word
    string unescape -- $word
    or string unescape -- $word\'
    or string unescape -- $word\"
    or echo $word
end

function __vdevctl_complete
    set -l words (commandline -opc)
    set -l current (__vdevctl_plain (commandline -ct))
    for line in (command vdevctl help --complete $words[2..] $current 2>/dev/null)
        set -l fields (string split \t -- $line)
        if test $fields[1] = f
            __vdevctl_files $fields[2] $fields[3] $current
        else
            echo $fields[2]\t$fields[3]
        end
    end
end

complete -c vdevctl -f -a '(__vdevctl_complete)'
