import {
  attached,
  flags,
  harmless,
  listed,
  named,
  type Options,
  options,
  type Program,
  type Programs,
  RISK_DESTROYS,
  tree,
  values,
} from './program.ts';

const LOOKS: Partial<Program> = { effects: ['COMPUTE', 'READ_REPO'] };
const KEEPS: Partial<Program> = { effects: ['WRITE_PATCH'], reversibility: 'reversible' };
const FETCHES: Partial<Program> = {
  effects: ['READ_REPO', 'WRITE_PATCH', 'NETWORK_CALL', 'DOWNLOAD'],
  reversibility: 'reversible',
};
const TALK: Options = {
  ...options('--[no-]quiet --[no-]verbose --[no-]progress'),
  ...flags('-q -v -4 -6 --ipv4 --ipv6'),
};
const FORCED = {
  effects: ['REWRITE_HISTORY'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
} as const;
const FETCH: Options = {
  ...TALK,
  ...flags(
    '-a -f -k -m -t -n -p -P --stdin --refetch --unshallow --update-shallow --multiple --prefetch --append',
  ),
  ...options(
    `--[no-]all --[no-]tags --[no-]prune --[no-]prune-tags --[no-]dry-run --[no-]keep --[no-]atomic
      --[no-]force --[no-]auto-maintenance --[no-]auto-gc`,
  ),
  ...options('--[no-]show-forced-updates --[no-]write-fetch-head --[no-]write-commit-graph'),
  ...values(
    '-j --jobs --depth --deepen --shallow-since --shallow-exclude --filter --refmap --negotiation-tip -o',
  ),
  ...attached('--recurse-submodules --set-upstream'),
  ...values('--upload-pack', 'program'),
};
const PUSH: Options = {
  ...TALK,
  ...flags('-u -n --tags --follow-tags --set-upstream --dry-run --porcelain --all --branches'),
  ...options('--[no-]thin --[no-]atomic --[no-]verify --[no-]force-if-includes --[no-]signed'),
  ...flags('-f --force --mirror --prune', FORCED),
  ...attached('--force-with-lease', 'text', FORCED),
  ...flags('-d --delete', { ...FORCED, effects: ['DELETE', 'REWRITE_HISTORY'] }),
  ...values('-o --push-option'),
  ...attached('--recurse-submodules'),
  ...values('--repo', 'repository'),
  ...values('--receive-pack --exec', 'program'),
};
const isSecond = (at: number): boolean => at > 0;

/** Commands of git that reach beyond the work at hand: other hosts, what runs, what is kept. */
export const GIT_REACHING: Programs = {
  ...named(
    'fetch',
    listed('text', FETCH, { ...FETCHES, operands: (at) => (isSecond(at) ? 'text' : 'repository') }),
  ),
  ...named(
    'pull',
    listed(
      'text',
      {
        ...FETCH,
        ...flags('-r -e -s --ff-only --no-verify'),
        ...options(
          `--[no-]stat --[no-]squash --[no-]commit --[no-]edit --[no-]ff --[no-]autostash --[no-]signoff
            --[no-]allow-unrelated-histories`,
        ),
        ...attached('--rebase --log -S --gpg-sign'),
        ...flags('--no-rebase'),
        ...values('-X --strategy --strategy-option'),
      },
      {
        ...FETCHES,
        effects: ['READ_REPO', 'WRITE_PATCH', 'NETWORK_CALL', 'DOWNLOAD', 'RUN_WORKSPACE_CODE'],
        operands: (at) => (isSecond(at) ? 'text' : 'repository'),
      },
    ),
  ),
  ...named(
    'push',
    listed('text', PUSH, {
      effects: ['READ_REPO', 'NETWORK_CALL', 'UPLOAD', 'RUN_WORKSPACE_CODE'],
      operands: (at) => (isSecond(at) ? 'refspec' : 'repository'),
      modes: [
        {
          names: ['-n', '--dry-run'],
          program: listed('text', PUSH, {
            effects: ['READ_REPO', 'NETWORK_CALL', 'RUN_WORKSPACE_CODE'],
            operands: (at) => (isSecond(at) ? 'branch' : 'repository'),
          }),
        },
      ],
    }),
  ),
  ...named(
    'clone',
    listed(
      'text',
      {
        ...TALK,
        ...flags(
          `-l -s -n --local --shared --bare --mirror --sparse --dissociate --recursive --no-checkout
            --no-tags`,
        ),
        ...options(
          `--[no-]single-branch --[no-]shallow-submodules --[no-]remote-submodules --[no-]hardlinks
            --[no-]reject-shallow`,
        ),
        ...values('-b -o -j --branch --origin --jobs --depth --shallow-since --filter --bundle-uri'),
        ...attached('--recurse-submodules'),
        ...values('--reference --reference-if-able', 'read'),
        ...values('-c --config', 'setting'),
        ...values('-u --upload-pack --template --separate-git-dir', 'program'),
      },
      { ...FETCHES, operands: (at) => (isSecond(at) ? 'make' : 'repository') },
    ),
  ),
  ...named(
    'ls-remote',
    listed(
      'text',
      {
        ...flags('-q -h -t --quiet --heads --tags --refs --branches --get-url --exit-code --symref'),
        ...values('--sort -o'),
        ...values('--upload-pack --exec', 'program'),
      },
      { effects: ['READ_REPO', 'NETWORK_CALL'], operands: (at) => (isSecond(at) ? 'text' : 'repository') },
    ),
  ),
  ...tree(
    'remote',
    {
      '': harmless('text', LOOKS),
      ...named('show get-url', harmless('text', LOOKS)),
      ...named('update prune', listed('text', flags('-p -n --prune --dry-run'), FETCHES)),
      ...named('rename set-head set-branches', harmless('text', KEEPS)),
      ...named('remove rm', harmless('text', { ...KEEPS, effects: ['WRITE_PATCH', 'DELETE'] })),
      ...named(
        'add set-url',
        listed(
          'text',
          { ...flags('-f --fetch --tags --no-tags --push --add'), ...values('-t -m') },
          {
            effects: ['WRITE_PATCH', 'PERSIST'],
            operands: (at) => (isSecond(at) ? 'repository' : 'text'),
          },
        ),
      ),
    },
    flags('-v --verbose'),
  ),
  ...tree('submodule', {
    ...named('status summary', harmless('text', LOOKS)),
    '': harmless('text', LOOKS),
    ...named(
      'foreach',
      listed('shell', flags('--recursive -q --quiet'), { effects: ['EXECUTE_CODE'], style: 'first' }),
    ),
    ...named('init sync deinit absorbgitdirs set-branch', harmless('text', { effects: ['WRITE_PATCH'] })),
    ...named(
      'update',
      listed(
        'text',
        { ...flags(`-f --init --recursive --remote --force --checkout --no-fetch`), ...values('-j --depth') },
        FETCHES,
      ),
    ),
    ...named(
      'add',
      listed(
        'text',
        { ...flags('-f --force'), ...values('-b --name --depth') },
        { ...FETCHES, operands: (at) => (isSecond(at) ? 'make' : 'repository') },
      ),
    ),
  }),
  ...named(
    'archive',
    listed(
      'object',
      {
        ...flags('-v -l --verbose --list -#'),
        ...values('--format --prefix'),
        ...values('-o --output', 'write'),
        ...values('--remote', 'repository'),
        ...values('--exec', 'program'),
      },
      LOOKS,
    ),
  ),
  ...tree('bundle', {
    ...named('verify list-heads', harmless('read', LOOKS)),
    ...named('create', harmless('text', { ...KEEPS, operands: (at) => (at === 0 ? 'write' : 'text') })),
    ...named('unbundle', harmless('read', KEEPS)),
  }),
  ...tree('lfs', {
    ...named('ls-files status env version', harmless('text', LOOKS)),
    ...named('fetch pull', harmless('text', FETCHES)),
    ...named('push', harmless('text', { effects: ['READ_REPO', 'NETWORK_CALL', 'UPLOAD'] })),
    ...named('track untrack checkout migrate', harmless('text', { effects: ['WRITE_PATCH'] })),
    ...named('install uninstall', harmless('text', { effects: ['WRITE_PATCH', 'PERSIST'] })),
    ...named('prune', harmless('text', { effects: ['DELETE'] })),
  }),
  ...named('daemon instaweb http-backend', harmless('text', { effects: ['LISTEN', 'READ_REPO'] })),
  ...named(
    'send-email imap-send request-pull',
    harmless('read', { effects: ['NETWORK_CALL', 'SEND_NOTIFICATION', 'UPLOAD'] }),
  ),
  ...named('credential credential-store credential-cache', harmless('text', { effects: ['READ_SECRETS'] })),
};
