import {
  listed,
  named,
  options,
  type Program,
  type Programs,
  RISK_DESTROYS,
  RISK_DESTROYS_TREE,
  tree,
} from './program.ts';
import { CONTROLS, known, LOOKS_AT_HOST, plain } from './rows.ts';

const DESTROYS: Partial<Program> = {
  effects: ['DELETE', 'CONTROL_SYSTEM', 'DESTROY_DATA'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS_TREE,
};
const LOSES: Partial<Program> = { ...DESTROYS, risk_min: RISK_DESTROYS };
const SEES = 'list show status get info usage df du scan report check version history';

/** Disks, file systems and volumes. */
export const DISKS: Programs = {
  ...known('mount', 'text', '-l -v -V', {
    ...CONTROLS,
    bare: listed('text', options('-l -v -V -t='), LOOKS_AT_HOST),
    effects: ['CONTROL_SYSTEM', 'ESCALATE_PRIVILEGE'],
    unlisted: 'harmless',
  }),
  ...plain(
    `umount fusermount fusermount3 losetup automount mount.nfs sshfs davfs2 udisksctl`,
    'text',
    CONTROLS,
  ),
  ...plain(`fdisk sfdisk cfdisk gdisk sgdisk parted gparted partprobe`, 'lose', {
    ...DESTROYS,
    modes: [
      {
        names: ['-l', '--list', '-p', '--print', '--dump', '-d'],
        program: listed('list', {}, { ...LOOKS_AT_HOST, unlisted: 'harmless' }),
      },
    ],
  }),
  ...plain(
    `wipefs blkdiscard badblocks mkswap hdparm nvme sg_format mke2fs newfs newfs_hfs newfs_apfs
    mkdosfs mkntfs`,
    'lose',
    DESTROYS,
  ),
  ...plain(`fsck e2fsck xfs_repair tune2fs resize2fs xfs_growfs debugfs ntfsfix fsck_apfs`, 'alter', {
    effects: ['CONTROL_SYSTEM'],
  }),
  ...plain('blkid dumpe2fs smartctl xfs_info ', 'list', LOOKS_AT_HOST),
  ...tree('zfs zpool btrfs', {
    ...plain(SEES, 'text', LOOKS_AT_HOST),
    ...plain(
      `create set mount unmount snapshot clone promote rename send receive scrub import export add
      attach balance quota property device`,
      'text',
      CONTROLS,
    ),
    ...plain('destroy rollback labelclear remove detach', 'text', LOSES),
    ...tree('subvolume filesystem', {
      ...plain(`${SEES} find-new`, 'text', LOOKS_AT_HOST),
      ...plain('create snapshot sync label resize defragment', 'text', CONTROLS),
      ...plain('delete', 'text', LOSES),
    }),
  }),
  ...plain('lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan', 'text', LOOKS_AT_HOST),
  ...plain(
    `lvcreate vgcreate pvcreate lvextend vgextend lvresize lvreduce vgreduce lvconvert lvchange
    vgchange pvmove mdadm dmsetup multipath`,
    'text',
    { ...CONTROLS, reversibility: 'irreversible' },
  ),
  ...plain('lvremove vgremove pvremove', 'text', LOSES),
  ...tree('cryptsetup', {
    ...plain('status luksDump isLuks luksUUID benchmark', 'text', LOOKS_AT_HOST),
    ...plain('open luksOpen close luksClose', 'text', { effects: ['CONTROL_SYSTEM', 'READ_SECRETS'] }),
    ...plain(
      `luksFormat erase
    luksErase luksKillSlot luksRemoveKey luksAddKey reencrypt`,
      'text',
      LOSES,
    ),
  }),
  ...tree('diskutil', {
    ...plain('list info activity', 'text', LOOKS_AT_HOST),
    ...plain('mount unmount mountDisk unmountDisk eject rename', 'text', CONTROLS),
    ...plain(
      `eraseDisk
    eraseVolume partitionDisk reformat zeroDisk randomDisk secureErase apfs deleteContainer`,
      'text',
      DESTROYS,
    ),
  }),
  ...tree('tmutil', {
    ...plain('listbackups status latestbackup destinationinfo listlocalsnapshots', 'text', LOOKS_AT_HOST),
    ...plain(
      `delete
    deletelocalsnapshots disable disablelocal removedestination thinlocalsnapshots`,
      'text',
      LOSES,
    ),
    ...plain('startbackup enable snapshot addexclusion setdestination restore', 'text', CONTROLS),
  }),
  ...plain('hdiutil asr ', 'text', CONTROLS),
  ...plain(`mksquashfs unsquashfs genisoimage mkisofs xorriso`, 'inside', {
    effects: ['READ_REPO', 'WRITE_PATCH'],
  }),
  ...tree('virsh', {
    ...plain(
      'list info dominfo domstate nodeinfo net-list pool-list vol-list dumpxml version',
      'text',
      LOOKS_AT_HOST,
    ),
    ...plain(
      `start shutdown
    reboot suspend resume define create edit autostart attach-disk snapshot-create`,
      'text',
      CONTROLS,
    ),
    ...plain('destroy undefine vol-delete pool-delete net-destroy snapshot-delete', 'text', LOSES),
  }),
  ...tree('VBoxManage vboxmanage prlctl vmrun multipass lxc lxd-client incus limactl pct qm', {
    ...plain('list showvminfo info status version config guestproperty metrics', 'text', LOOKS_AT_HOST),
    ...plain(
      `startvm controlvm
    createvm modifyvm start stop launch restart snapshot clonevm import export exec shell mount`,
      'text',
      CONTROLS,
    ),
    ...plain('unregistervm closemedium delete destroy purge', 'text', LOSES),
  }),
  ...named(
    'qemu-img',
    listed(
      'unknown',
      {},
      {
        effects: [],
        style: 'first',
        commands: {
          ...plain('info check compare map measure', 'read', LOOKS_AT_HOST),
          ...plain(
            `create convert
    resize rebase commit snapshot amend`,
            'write',
            { effects: ['WRITE_PATCH'] },
          ),
        },
      },
    ),
  ),
};
