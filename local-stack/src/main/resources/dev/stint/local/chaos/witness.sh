# A command of ./stint chaos: witness.sh JOURNAL SECONDS FAIL_TIMES. Writes the lines of the bean "witness".
# Times of /proc/uptime have steps of 10 ms: they are moved inwards, so that what overlaps did overlap.
journal=$1
note() {
  read -r up _ </proc/uptime
  up=${up%.*}${up#*.}
  echo "$1 $STINT_JOB_ID $STINT_ATTEMPT $PPID $((up + $2))0000000 $STINT_TASK" >>"$journal"
}
trap 'note F 0; exit 143' TERM
note S 1
sleep "$2"
if [ "$STINT_ATTEMPT" -le "$3" ]; then
  note F 0
  echo "fails on purpose" >&2
  exit 1
fi
note E 0
