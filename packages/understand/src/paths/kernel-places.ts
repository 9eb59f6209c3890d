import type { Effect } from '@writ/contract';
import { lowerAscii } from '../detection/characters.ts';

/** What it means to read or to change what is no file but a door to the kernel, a device or a service. */
export type KernelPlace = {
  readonly read: readonly Effect[];
  readonly write: readonly Effect[];
  /** What nobody can know from the name: a descriptor may be anything. */
  readonly opaque: boolean;
};

const NOTHING: KernelPlace = { read: [], write: [], opaque: false };

type Row = { readonly names: readonly string[]; readonly place: KernelPlace };

/** `*` stands for one name, or with letters before it for the rest of one. Each row covers all below it. */
const ROWS: readonly Row[] = [
  row('/proc', [], ['CONTROL_SYSTEM']),
  row('/proc/kcore', ['CAPTURE', 'READ_SECRETS'], ['CONTROL_SYSTEM']),
  row('/proc/*/environ', ['READ_SECRETS'], []),
  row('/proc/*/task/*/environ', ['READ_SECRETS'], []),
  row('/proc/*/mem', ['CAPTURE', 'READ_SECRETS'], ['EXECUTE_CODE', 'CONTROL_SYSTEM']),
  row('/proc/*/fd', [], [], true),
  row('/proc/*/map_files', ['CAPTURE'], [], true),
  row('/proc/*/exe', [], ['EXECUTE_CODE'], true),
  row('/proc/sys/kernel/core_pattern', [], ['PERSIST', 'ESCALATE_PRIVILEGE']),
  row('/proc/sys/kernel/modprobe', [], ['PERSIST', 'ESCALATE_PRIVILEGE']),
  row('/proc/sys/fs/binfmt_misc', [], ['PERSIST', 'ESCALATE_PRIVILEGE']),
  row('/proc/sysrq-trigger', [], ['DESTROY_DATA']),
  row('/sys', [], ['CONTROL_SYSTEM']),
  row('/sys/kernel/debug', ['CAPTURE'], ['ESCALATE_PRIVILEGE']),
  row('/sys/kernel/tracing', ['CAPTURE'], ['ESCALATE_PRIVILEGE']),
  row('/sys/fs/bpf', ['CAPTURE'], ['ESCALATE_PRIVILEGE']),
  row('/dev/mem', ['CAPTURE', 'READ_SECRETS'], ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE']),
  row('/dev/kmem', ['CAPTURE', 'READ_SECRETS'], ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE']),
  row('/dev/port', ['CAPTURE'], ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE']),
  row('/dev/kmsg', [], ['HIDE_TRACES']),
  row('/dev/input', ['CAPTURE'], ['CONTROL_SYSTEM']),
  row('/dev/uinput', ['CAPTURE'], ['CONTROL_SYSTEM']),
  row('/dev/hidraw*', ['CAPTURE'], ['CONTROL_SYSTEM']),
  row('/dev/video*', ['CAPTURE'], []),
  row('/dev/snd', ['CAPTURE'], []),
  row('/dev/fb*', ['CAPTURE'], []),
  row('/dev/dri', ['CAPTURE'], []),
  row('/dev/vcs*', ['CAPTURE'], []),
  row('/dev/pts', ['CAPTURE'], ['CONTROL_SYSTEM']),
  row('/dev/kvm', [], ['CONTROL_SYSTEM']),
  row('/dev/tpm*', ['READ_SECRETS'], ['CONTROL_SYSTEM']),
  row('/dev/watchdog*', [], ['CONTROL_SYSTEM']),
  row('/dev/tcp', ['NETWORK_CALL'], ['NETWORK_CALL', 'UPLOAD']),
  row('/dev/udp', ['NETWORK_CALL'], ['NETWORK_CALL', 'UPLOAD']),
  row('/dev/fd', [], [], true),
  row('/dev/stdin', [], [], true),
  row('/dev/shm', [], ['WRITE_OUTSIDE']),
  row('/dev/mqueue', [], ['WRITE_OUTSIDE']),
  ...[
    'sd*',
    'hd*',
    'vd*',
    'xvd*',
    'nvme*',
    'mmcblk*',
    'dm-*',
    'md*',
    'loop*',
    'mapper',
    'disk',
    'rdisk*',
  ].map((name) => row(`/dev/${name}`, ['READ_SECRETS'], ['DESTROY_DATA'])),
  ...['/run', '/var/run'].flatMap((run) => [
    row(run, [], ['CONTROL_SYSTEM']),
    row(`${run}/secrets`, ['READ_SECRETS'], []),
    row(`${run}/user/*/keyring`, ['READ_SECRETS'], []),
    row(`${run}/user/*/gnupg`, ['READ_SECRETS'], []),
    row(`${run}/user/*/bus`, ['CONTROL_SYSTEM'], []),
    row(`${run}/dbus`, ['CONTROL_SYSTEM'], []),
    // Who speaks to one of these is root on the host.
    ...['docker.sock', 'containerd', 'crio', 'podman', 'snapd.socket', 'libvirt'].map((name) =>
      row(`${run}/${name}`, ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE'], ['ESCALATE_PRIVILEGE']),
    ),
  ]),
  row('/etc', [], ['CONTROL_SYSTEM']),
  row('/boot', [], ['CONTROL_SYSTEM']),
  row('/usr', [], ['CONTROL_SYSTEM']),
  row('/bin', [], ['CONTROL_SYSTEM']),
  row('/sbin', [], ['CONTROL_SYSTEM']),
  ...['lib', 'lib32', 'lib64', 'system', 'library'].map((name) => row(`/${name}`, [], ['CONTROL_SYSTEM'])),
  row('/var/log', [], ['HIDE_TRACES']),
];

/** All that the rows say of a path; what names no such place is ordinary. */
export function kernelPlace(path: string): KernelPlace {
  if (!path.startsWith('/')) return NOTHING;
  const names = lowerAscii(path)
    .split('/')
    .filter((name) => name !== '');
  const places = ROWS.filter((one) => covers(one.names, names)).map(({ place }) => place);
  if (places.length === 0) return NOTHING;
  return {
    read: [...new Set(places.flatMap(({ read }) => read))],
    write: [...new Set(places.flatMap(({ write }) => write))],
    opaque: places.some(({ opaque }) => opaque),
  };
}

function covers(pattern: readonly string[], names: readonly string[]): boolean {
  if (pattern.length > names.length) return false;
  return pattern.every((name, at) => {
    const other = names[at] ?? '';
    return name.endsWith('*') ? other.startsWith(name.slice(0, -1)) : other === name;
  });
}

function row(path: string, read: readonly Effect[], write: readonly Effect[], opaque = false): Row {
  const names = path.split('/').filter((name) => name !== '');
  return { names, place: { read, write, opaque } };
}
