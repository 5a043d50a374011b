# Reads "+ PID STAGE GRACE" and "- PID" until its input ends, which happens when the process that wrote it is gone.
# Then ends the processes that are left, last stage first: SIGTERM, GRACE seconds, SIGKILL.
trap '' INT TERM HUP
watched=
while read -r sign pid stage grace; do
  kept=
  for entry in $watched; do
    [ "${entry%%:*}" = "$pid" ] || kept="$kept $entry"
  done
  watched=$kept
  [ "$sign" = + ] && watched="$watched $pid:$stage:$grace"
done

for stage in 3 2 1 0; do
  for entry in $watched; do
    case $entry in *:$stage:*) kill -TERM "${entry%%:*}" 2>/dev/null ;; esac
  done
  for entry in $watched; do
    case $entry in *:$stage:*) ;; *) continue ;; esac
    pid=${entry%%:*}
    tenths=$((${entry##*:} * 10))
    while [ "$tenths" -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
      sleep 0.1
      tenths=$((tenths - 1))
    done
    kill -KILL "$pid" 2>/dev/null
  done
done
