import { harmless, listed, named, options, type Program, type Programs, tree, wordsOf } from './program.ts';
import { CONTROLS, INSTALLS_ON_HOST, LOOKS_AT_HOST, plain, REMOVES_FROM_HOST } from './rows.ts';

/** They install, but for options that remove and options that look. */
function hostPackages(names: string, removing: string, looking: string): Programs {
  const row = (change: Partial<Program>): Program => harmless('package', change);
  return named(
    names,
    row({
      ...INSTALLS_ON_HOST,
      modes: [
        { names: wordsOf(removing), program: row(REMOVES_FROM_HOST) },
        { names: wordsOf(looking), program: row(LOOKS_AT_HOST) },
      ],
    }),
  );
}

/** Package managers of hosts: they run what they fetch with the rights of their owner. */
export const PACKAGES_HOST: Programs = {
  ...tree(
    'apt apt-get aptitude dnf yum zypper microdnf tdnf',
    {
      ...plain(
        `list search show info policy depends rdepends why changelog repolist provides whatprovides
      check check-update history showpkg madison lr se if download source`,
        'text',
        LOOKS_AT_HOST,
      ),
      ...plain('update makecache refresh ref', 'text', {
        effects: ['NETWORK_CALL', 'DOWNLOAD', 'CONTROL_SYSTEM'],
      }),
      ...plain(
        `install reinstall upgrade full-upgrade dist-upgrade in up dup localinstall groupinstall
      build-dep system-upgrade distro-sync module config-manager addrepo`,
        'package',
        INSTALLS_ON_HOST,
      ),
      ...plain('remove purge autoremove erase rm autopurge downgrade', 'package', REMOVES_FROM_HOST),
      ...plain('clean autoclean', 'text', {
        effects: ['DELETE', 'WRITE_OUTSIDE'],
        reversibility: 'reversible',
      }),
    },
    options(`-y -q -qq -f -s -u -V -n --yes --assume-yes --quiet --no-install-recommends
    --no-install-suggests --fix-broken --simulate --dry-run --allow-downgrades --allow-unauthenticated
    --non-interactive --refresh --enablerepo= --disablerepo= --best --setopt= -t= --target-release=
    -o=program -c=program --installroot=program`),
  ),
  ...plain('apt-cache dpkg-query rpmquery repoquery apt-file equery qlist pkginfo', 'text', LOOKS_AT_HOST),
  ...tree(
    'brew port',
    {
      '': harmless('text', LOOKS_AT_HOST),
      ...plain(
        `list ls search info desc home outdated deps uses leaves config doctor
    log cat formulae casks commands help options missing readall`,
        'text',
        LOOKS_AT_HOST,
      ),
      ...plain(
        'install reinstall upgrade update tap bundle link pin unpin postinstall fetch selfupdate',
        'package',
        {
          ...INSTALLS_ON_HOST,
          effects: ['NETWORK_CALL', 'DOWNLOAD', 'EXECUTE_CODE', 'INSTALL', 'WRITE_OUTSIDE'],
        },
      ),
      ...plain('uninstall remove rm untap unlink autoremove cleanup', 'package', REMOVES_FROM_HOST),
      ...tree('services', {
        '': listed('text', {}, LOOKS_AT_HOST),
        ...plain('list info', 'text', LOOKS_AT_HOST),
        ...plain('start run restart stop kill cleanup', 'service', {
          effects: ['CONTROL_SYSTEM', 'PERSIST'],
        }),
      }),
    },
    options('-v -q --cask --formula --verbose --version --prefix --cellar --cache --repository'),
  ),
  ...tree(
    'snap flatpak',
    {
      ...plain(
        `list find info search version changes warnings connections services
    logs history remotes remote-ls ps`,
        'text',
        LOOKS_AT_HOST,
      ),
      ...plain('install refresh update connect remote-add enable override', 'package', INSTALLS_ON_HOST),
      ...plain('remove uninstall disable disconnect revert remote-delete', 'package', REMOVES_FROM_HOST),
      ...plain('run', 'text', { effects: ['EXECUTE_CODE'] }),
      ...plain('start stop restart set', 'text', CONTROLS),
    },
    options('--user --system -y'),
  ),
  ...tree('nix', {
    ...plain(`search show-config flake-show log path-info why-depends eval hash`, 'text', LOOKS_AT_HOST),
    ...plain('build develop shell run fmt flake', 'text', {
      effects: ['NETWORK_CALL', 'DOWNLOAD', 'RUN_WORKSPACE_CODE', 'BUILD_ARTIFACT'],
    }),
    ...plain('profile upgrade-nix', 'text', INSTALLS_ON_HOST),
    ...plain('store collect-garbage', 'text', { effects: ['DELETE'] }),
  }),
  ...plain(`nix-shell nix-build nix-instantiate`, 'inside', {
    effects: ['NETWORK_CALL', 'DOWNLOAD', 'RUN_WORKSPACE_CODE', 'BUILD_ARTIFACT'],
  }),
  ...plain('nix-collect-garbage', 'text', { effects: ['DELETE', 'CONTROL_SYSTEM'] }),
  ...plain(
    `add-apt-repository apt-key apt-mark rpmkeys pacman-key update-alternatives alternatives
    ldconfig nixos-rebuild home-manager darwin-rebuild softwareupdate`,
    'text',
    { effects: ['CONTROL_SYSTEM', 'PERSIST', 'ESCALATE_PRIVILEGE'] },
  ),
  ...hostPackages(
    'dpkg',
    '-r -P --remove --purge',
    '-l -L -s -S -p -c -I -W --list --listfiles --status --search --version --help',
  ),
  ...hostPackages('rpm', '-e --erase', '-q -V -K -E --query --verify --checksig --eval --version --help'),
  ...hostPackages(
    'pacman yay paru',
    '-R --remove',
    `-Q -F -T -s -i --query --files --deptest --version
    --help`,
  ),
  ...hostPackages(
    'emerge xbps-install pkg_add nix-env',
    '-e -C -c --uninstall --unmerge --depclean',
    '-q -p -s --query --pretend --search --version',
  ),
  ...tree(
    'apk pkg opkg eopkg swupd',
    {
      ...plain('info list search policy version stats audit which query', 'text', LOOKS_AT_HOST),
      ...plain('update', 'text', { effects: ['NETWORK_CALL', 'DOWNLOAD', 'CONTROL_SYSTEM'] }),
      ...plain('add install upgrade fix bundle-add', 'package', INSTALLS_ON_HOST),
      ...plain('del delete remove autoremove bundle-remove', 'package', REMOVES_FROM_HOST),
      ...plain('clean cache', 'text', { effects: ['DELETE', 'WRITE_OUTSIDE'], reversibility: 'reversible' }),
    },
    options('-q -v -y --no-cache --quiet --update'),
  ),
};
