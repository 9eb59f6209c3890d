import {
  flags,
  listed,
  named,
  options,
  type Program,
  type Programs,
  RISK_DESTROYS,
  tree,
} from './program.ts';
import { CONTROLS, known, LOOKS_AT_HOST, plain } from './rows.ts';

const STOPS: Partial<Program> = {
  effects: ['CONTROL_SYSTEM'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};
const RUNS_LATER: Partial<Program> = { effects: ['EXECUTE_CODE', 'PERSIST'] };
const HIDES: Partial<Program> = { effects: ['DELETE', 'HIDE_TRACES'], reversibility: 'irreversible' };
const SERVICES = `list-units list-unit-files list-timers list-sockets list-dependencies list-jobs status
  show cat is-active is-enabled is-failed is-system-running get-default help show-environment`;
const MANAGER: Programs = {
  '': listed('text', {}, LOOKS_AT_HOST),
  ...plain(SERVICES, 'service', LOOKS_AT_HOST),
  ...plain(
    `start stop restart try-restart reload reload-or-restart kill reset-failed isolate
    set-property daemon-reload daemon-reexec freeze thaw`,
    'service',
    CONTROLS,
  ),
  ...plain(
    `enable disable mask unmask link edit preset set-default add-wants revert set-environment
    import-environment`,
    'service',
    { effects: ['CONTROL_SYSTEM', 'PERSIST'] },
  ),
  ...plain(
    `reboot poweroff halt suspend hibernate kexec rescue emergency soft-reboot switch-root`,
    'text',
    STOPS,
  ),
};

/** Services, power, processes, accounts, the kernel, firewalls, what runs later, what remembers. */
export const SYSTEM: Programs = {
  ...tree(
    'systemctl',
    MANAGER,
    options(`-a -l -q -t= -n= -p= -f --user --system --all --now --no-pager
    --type= --state= --property= --quiet --lines= --full --plain --no-legend --failed --force --output=
    -o= -r --version`),
  ),
  ...named(
    'service rc-service invoke-rc.d',
    listed(
      'service',
      {},
      {
        ...CONTROLS,
        unlisted: 'harmless',
        special: (word, at) => (at === 1 && word === 'status' ? { use: 'text', effects: [] } : null),
      },
    ),
  ),
  ...tree('launchctl', {
    ...plain('list print blame dumpstate version help', 'text', LOOKS_AT_HOST),
    ...plain('load bootstrap enable submit setenv config', 'text', {
      effects: ['CONTROL_SYSTEM', 'PERSIST'],
    }),
    ...plain(
      `unload bootout start
    stop kill kickstart disable remove`,
      'text',
      CONTROLS,
    ),
  }),
  ...plain(`update-rc.d chkconfig rc-update sysrc initctl svcadm`, 'service', {
    effects: ['CONTROL_SYSTEM', 'PERSIST'],
  }),
  ...tree('supervisorctl sv s6-svc', {
    ...plain('status tail avail', 'text', LOOKS_AT_HOST),
    ...plain(
      `start stop restart
    reload update up down reread shutdown`,
      'service',
      CONTROLS,
    ),
  }),
  ...plain('shutdown reboot halt poweroff telinit init', 'text', STOPS),
  ...plain('kill pkill killall killall5 skill xkill taskkill', 'process', CONTROLS),
  ...plain('renice taskset cpulimit prlimit', 'text', CONTROLS),
  ...known('fuser', 'text', '-v -m -n= -u -a -s -c -f', {
    ...LOOKS_AT_HOST,
    options: { ...options('-v -m -n= -u -a -s'), ...flags('-k', { effects: ['CONTROL_SYSTEM'] }) },
  }),
  ...known('crontab', 'read', '-i', {
    ...RUNS_LATER,
    modes: [
      { names: ['-l'], program: listed('text', options('-l -u='), LOOKS_AT_HOST) },
      {
        names: ['-r'],
        program: listed('text', options('-r -i -u='), {
          effects: ['DELETE', 'PERSIST'],
          reversibility: 'irreversible',
          risk_min: RISK_DESTROYS,
        }),
      },
    ],
    options: options('-l -r -e -i -u='),
  }),
  ...plain('at batch atrm schtasks launchd systemd-run incrontab fcrontab anacron', 'text', RUNS_LATER),
  ...plain('atq', 'text', LOOKS_AT_HOST),
  ...known(
    'journalctl',
    'text',
    `-u= -f -n= -e -x -b? -k -r -o= -p= -t= -S= -U= -q -a -m --unit=
    --since= --until= --no-pager --follow --lines= --output= --reverse --boot? --dmesg --list-boots
    --disk-usage --grep= -g= --priority= --user --system --user-unit= --identifier= --catalog --utc
    --no-hostname --all --merge --quiet -D=list --file=read --verify --header`,
    {
      ...LOOKS_AT_HOST,
      modes: [
        {
          names: [
            '--vacuum-size',
            '--vacuum-time',
            '--vacuum-files',
            '--rotate',
            '--flush',
            '--relinquish-var',
          ],
          program: listed(
            'text',
            options(`--vacuum-size=
      --vacuum-time= --vacuum-files= --rotate --flush --relinquish-var`),
            HIDES,
          ),
        },
      ],
      options: options(`-u= -f -n= -e -x -b? -k -r -o= -p= -t= -S= -U= -q -a -m --unit= --since= --until=
      --no-pager --follow --lines= --output= --reverse --boot? --dmesg --list-boots --disk-usage --grep=
      -g= --priority= --user --system --user-unit= --identifier= --catalog --utc --no-hostname --all
      --merge --quiet -D=list --file=read --verify --header --vacuum-size= --vacuum-time=
      --vacuum-files= --rotate --flush --relinquish-var`),
    },
  ),
  ...known(
    'dmesg',
    'text',
    '-T -H -w -k -u -x -t -l= -f= -n= --human --follow --color? --level= --time-format= -L? -d -e -r -s=',
    {
      ...LOOKS_AT_HOST,
      options: {
        ...options(`-T -H -w -k -u -x -t
    -l= -f= -n= --human --follow --color? --level= --time-format= -L? -d -e -r -s= --ctime`),
        ...flags('-c -C --clear --read-clear', HIDES),
      },
    },
  ),
  ...plain('auditctl augenrules wevtutil logrotate-force', 'text', HIDES),
  ...plain('logrotate', 'read', { effects: ['DELETE', 'EXECUTE_CODE', 'HIDE_TRACES'] }),
  ...plain('history', 'text', {
    effects: ['READ_CONFIG', 'READ_SECRETS'],
    options: { ...flags('-c -d', HIDES), ...flags('-w -a -r -n', { effects: ['WRITE_OUTSIDE'] }) },
  }),
  ...plain(
    `last lastlog lastb who w users uptime free vmstat iostat mpstat sar top htop btop
    atop glances ps pstree pgrep pidof pmap lscpu lsblk lspci lsusb lshw dmidecode lsmem nproc
    arch uname hostid getconf locale tty groups id logname finger pinky ausearch aureport
    systemd-analyze systemd-cgls systemd-cgtop findmnt nvidia-smi rocm-smi sensors acpi inxi neofetch
    fastfetch screenfetch lsns ipcs lslocks lsipc ulimit vm_stat sw_vers system_profiler ioreg`,
    'text',
    LOOKS_AT_HOST,
  ),
  ...known('numactl', 'command', '-H -s -i= -p= -m= -N= -C= -l --hardware --show --interleave= --membind=', {
    ...LOOKS_AT_HOST,
    style: 'first',
  }),
  ...known('pidstat', 'text', '-d -h -l -r -s -t -u -v -w -C= -p= -T= -U -e=program', LOOKS_AT_HOST),
  // Names of hosts are asked for, and told to whoever answers.
  ...tree(
    'getent',
    {
      ...plain('hosts ahosts ahostsv4 ahostsv6', 'host', {
        effects: ['NETWORK_CALL'],
        reversibility: 'reversible',
      }),
      ...plain('shadow gshadow', 'text', { effects: ['READ_CONFIG', 'READ_SECRETS'] }),
      ...plain('passwd group services protocols networks aliases ethers rpc netgroup', 'text', LOOKS_AT_HOST),
    },
    options('-i -s='),
  ),
  ...tree('loginctl', {
    '': listed('text', {}, LOOKS_AT_HOST),
    ...plain(
      'list-sessions list-users show-session show-user session-status user-status',
      'text',
      LOOKS_AT_HOST,
    ),
    ...plain(
      `enable-linger
    terminate-session terminate-user kill-user kill-session lock-session disable-linger`,
      'text',
      CONTROLS,
    ),
  }),
  ...named(
    `hostnamectl timedatectl localectl`,
    listed(
      'text',
      {},
      {
        ...LOOKS_AT_HOST,
        unlisted: 'harmless',
        special: (word, at) =>
          at === 0 && word.startsWith('set') ? { use: 'text', effects: ['CONTROL_SYSTEM'] } : null,
      },
    ),
  ),
  ...known(
    'hostname domainname',
    'text',
    `-f -s -i -I -d -A -a -y --fqdn --short --ip-address
    --all-ip-addresses --domain`,
    { ...LOOKS_AT_HOST, special: () => ({ use: 'text', effects: ['CONTROL_SYSTEM'] }) },
  ),
  ...plain('hwclock ntpdate chronyc ntpd rdate', 'text', CONTROLS),
  ...known('swapon swapoff zramctl', 'text', '-s --show -a', {
    ...CONTROLS,
    modes: [{ names: ['-s', '--show'], program: listed('text', options('-s --show -a'), LOOKS_AT_HOST) }],
  }),
  ...plain(
    `mail mailx sendmail mutt msmtp swaks ssmtp write wall talk ntfy pushover telegram-send`,
    'recipient',
    {
      options: options(`-s= -a=read -A=read -c= -b= -r= -S= -u= --attach=read`),
      effects: ['NETWORK_CALL', 'SEND_NOTIFICATION'],
    },
  ),
  ...plain('notify-send terminal-notifier', 'text', { effects: ['COMPUTE'] }),
  ...plain('lp lpr cups-print', 'read', { effects: ['READ_REPO', 'SEND_NOTIFICATION'] }),
};
