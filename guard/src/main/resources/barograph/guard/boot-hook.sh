# Has the guard called when this host boots, and says in its last line by what. Fails where nothing would call it.
# $GUARD is the guard's script, $BAROGRAPH_STATE its folder; $VERB is "apply" where the hook is to be put in place, and
# otherwise nothing is changed. Once there it stays: without an open change a call ends at once.
export LC_ALL=C
no() { echo "$1"; exit 1; }
case $GUARD:$BAROGRAPH_STATE in
*[!A-Za-z0-9/._:-]*) no "the name of the guard's folder, $BAROGRAPH_STATE, does not fit into a unit or a crontab" ;;
/*:/*) ;;
*) no "the guard's folder, $BAROGRAPH_STATE, is not an absolute path" ;;
esac
case $(stat -f -c %T "$BAROGRAPH_STATE") in
tmpfs | ramfs) no "the guard's folder, $BAROGRAPH_STATE, does not outlive a reboot" ;;
esac

if [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ]; then
  units=/etc/systemd/system unit=barograph$(echo "$BAROGRAPH_STATE" | tr / -).service
  if [ "$VERB" = apply ]; then
    umask 022
    mkdir -p "$units/multi-user.target.wants" && cat >"$units/$unit.new" <<UNIT || exit 1
[Unit]
Description=Barograph guard: puts back what nobody had confirmed before a reboot
ConditionPathExists=$GUARD
RequiresMountsFor=$BAROGRAPH_STATE
After=remote-fs.target

[Service]
Type=oneshot
Environment=BAROGRAPH_STATE=$BAROGRAPH_STATE
ExecStart=/bin/sh $GUARD boot

[Install]
WantedBy=multi-user.target
UNIT
    mv -f "$units/$unit.new" "$units/$unit" && ln -sf "../$unit" "$units/multi-user.target.wants/$unit" &&
      sync -f "$units" || exit 1
  fi
  echo "systemd unit $unit"
  exit 0
fi

command -v crontab >/dev/null || no 'there is neither systemd that this user may tell, nor a crontab'
grep -qsx -e cron -e crond /proc/[0-9]*/comm || no 'there is neither systemd that this user may tell, nor cron running'
paths=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
line="@reboot [ ! -f $GUARD ] || BAROGRAPH_STATE=$BAROGRAPH_STATE PATH=$paths /bin/sh $GUARD boot"
# A crontab that cannot be read must not be taken for an empty one, and written over.
table=$(crontab -l 2>&1) || case $table in *'no crontab for'* | *'No such file'*) table='' ;; *) no "$table" ;; esac
if [ "$VERB" = apply ] && ! printf '%s\n' "$table" | grep -qxF "$line"; then
  { [ -z "$table" ] || printf '%s\n' "$table" | grep -vF " $GUARD boot"; printf '%s\n' "$line"; } | crontab - || exit 1
  sync
fi
echo 'cron @reboot'
