# A command of ./stint chaos: hostile.sh JOURNAL MODE. Does what no command should, and writes the lines of the bean "witness".
# An end is written before it comes: what ends the command leaves no time for that.
journal=$1
note() {
  read -r up _ </proc/uptime
  up=${up%.*}${up#*.}
  echo "$1 $STINT_JOB_ID $STINT_ATTEMPT $PPID $((up + $2))0000000 $STINT_TASK" >>"$journal"
}
note S 1
case $2 in
  poison) kill -KILL "$PPID" ;;
  endless)
    trap 'note F 0; exit 143' TERM
    sleep 60 &
    wait
    ;;
  flood) note F 0 && exec yes ;;
  signal) note F 0 && kill -SEGV $$ ;;
  garbled) note F 0 && echo "{not json" ;;
  fork)
    sleep 60 &
    note E 0
    echo 1
    ;;
esac
