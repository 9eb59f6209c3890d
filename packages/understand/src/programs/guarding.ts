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
import { CONTROLS, firstThen, known, LOOKS_AT_HOST, plain } from './rows.ts';

const ACCOUNTS: Partial<Program> = { effects: ['ESCALATE_PRIVILEGE', 'CONTROL_SYSTEM', 'PERSIST'] };
const REMOVES_ACCOUNT: Partial<Program> = {
  effects: ['DELETE', 'CONTROL_SYSTEM'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};
const KERNEL: Partial<Program> = { effects: ['ESCALATE_PRIVILEGE', 'CONTROL_SYSTEM'] };
const FIREWALL = '-L -S -n -v -t= --list --list-rules --line-numbers --version';

/** `ip` takes beginnings of its verbs too; a letter alone is more often another word. */
const IP_CHANGES = /^(?:ad|add|del|delete|set|ch|change|replace|append|flush|exec|up|down|save|restore)$/;
/** What guards a host: firewalls, accounts, the kernel and its rules. */
export const GUARDING: Programs = {
  ...plain(
    `useradd adduser usermod groupadd groupmod gpasswd newusers addgroup chage chsh chfn vipw vigr
    visudo pwconv grpconv passwd chpasswd chgpasswd dscl sysadminctl pw newgrp dseditgroup`,
    'text',
    ACCOUNTS,
  ),
  ...plain('userdel groupdel deluser delgroup', 'text', REMOVES_ACCOUNT),
  ...plain('setcap setfattr', 'alter', {
    effects: ['WRITE_PATCH', 'ESCALATE_PRIVILEGE'],
    operands: firstThen('text', 'alter'),
  }),
  ...known(
    'setfacl',
    'alter',
    `-m= -x= -b -k -R -d -n -M=read -X=read --recursive --modify= --remove=
    --remove-all --default`,
    { effects: ['WRITE_PATCH', 'ESCALATE_PRIVILEGE'] },
  ),
  ...named(
    'chattr',
    listed('alter', options('-R -V -f +i -i +a -a -e +e -v='), {
      effects: ['WRITE_PATCH', 'CONTROL_SYSTEM'],
      style: 'words',
      special: (word, at) => (at === 0 && /^[+=-]/.test(word) ? { use: 'text', effects: [] } : null),
    }),
  ),
  ...plain('getfacl getcap getfattr lsattr', 'list', LOOKS_AT_HOST),
  ...known('sysctl', 'text', '-n -a -e -q -N --values --all --ignore', {
    ...LOOKS_AT_HOST,
    special: (word) =>
      word.includes('=') ? { use: 'text', effects: ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE'] } : null,
    options: {
      ...options('-n -a -e -q -N'),
      ...flags('-w --write -p --load --system', { effects: ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE'] }),
    },
  }),
  ...plain('lsmod modinfo', 'text', LOOKS_AT_HOST),
  ...plain(
    `modprobe insmod rmmod kexec depmod kldload bpftool dkms mokutil efibootmgr grub-install
    update-grub grub-mkconfig update-initramfs dracut mkinitcpio nvram bless`,
    'text',
    KERNEL,
  ),
  ...plain(
    `setenforce semanage setsebool chcon restorecon aa-disable aa-complain aa-teardown aa-enforce
    apparmor_parser csrutil spctl mdatp falconctl sentinelctl cbagentd osqueryctl wazuh-control
    clamd freshclam update-ca-certificates update-ca-trust certctl trust`,
    'text',
    { effects: ['ESCALATE_PRIVILEGE', 'CONTROL_SYSTEM'] },
  ),
  ...plain('getenforce sestatus aa-status seinfo sesearch', 'text', LOOKS_AT_HOST),
  ...named(
    `iptables ip6tables ebtables arptables`,
    listed('text', options(FIREWALL), {
      ...CONTROLS,
      unlisted: 'harmless',
      modes: [
        {
          names: ['-F', '-X', '-P', '--flush', '-D', '--delete', '-A', '-I', '-R', '-N', '-Z'],
          program: listed(
            'text',
            {},
            { ...CONTROLS, unlisted: 'harmless', effects: ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE'] },
          ),
        },
        {
          names: ['-L', '-S', '--list', '--list-rules'],
          program: listed('text', {}, { ...LOOKS_AT_HOST, unlisted: 'harmless' }),
        },
      ],
    }),
  ),
  ...tree(
    'nft',
    {
      ...plain('list describe monitor', 'text', LOOKS_AT_HOST),
      ...plain(
        `add delete flush
    insert replace create`,
        'text',
        CONTROLS,
      ),
    },
    options('-a -n -j'),
  ),
  ...tree(
    'ufw',
    {
      ...plain('status show version app', 'text', LOOKS_AT_HOST),
      ...plain(
        `enable disable allow
    deny reject limit delete reload default logging route insert`,
        'text',
        CONTROLS,
      ),
    },
    options('--force --dry-run'),
  ),
  ...plain(
    `firewall-cmd pfctl ipfw netsh iptables-restore ip6tables-restore socketfilterfw
    fail2ban-client tc brctl bridge nmcli networksetup resolvectl wg wg-quick openvpn tailscale
    zerotier-cli`,
    'text',
    { effects: ['CONTROL_SYSTEM', 'NETWORK_CALL'] },
  ),
  ...plain('iptables-save ip6tables-save ss netstat lsof arp', 'text', LOOKS_AT_HOST),
  ...named(
    'ip',
    listed(
      'text',
      options(`-4 -6 -br -brief -j -json -s -d -o -c -color -p -all -details
    -stats`),
      {
        ...LOOKS_AT_HOST,
        style: 'words',
        special: (word, at) =>
          at > 0 && IP_CHANGES.test(word) ? { use: 'text', effects: ['CONTROL_SYSTEM'] } : null,
      },
    ),
  ),
  ...known(`ifconfig route iwconfig ethtool iw`, 'text', '-a -n -s -v', {
    ...LOOKS_AT_HOST,
    special: (_word, at) => (at > 0 ? { use: 'text', effects: ['CONTROL_SYSTEM'] } : null),
  }),
};
