import {
  flags,
  harmless,
  listed,
  named,
  options,
  type Program,
  type Programs,
  tree,
  values,
} from './program.ts';
import {
  ASKS,
  ASKS_SECRETS,
  CHANGES_CLOUD,
  DESTROYS_CLOUD,
  FETCHES,
  FORMATS,
  known,
  LOOKS,
  PUBLISHES,
  plain,
  RUNS_REMOTE,
  WRITES,
} from './rows.ts';

/** What people see and are told of. */
const TELLS: Partial<Program> = { effects: ['NETWORK_CALL', 'SEND_NOTIFICATION', 'CHANGE_CLOUD'] };
const OPENS: Partial<Program> = { effects: ['CREATE_PR', 'NETWORK_CALL', 'SEND_NOTIFICATION', 'UPLOAD'] };
const MERGES: Partial<Program> = { effects: ['MERGE', 'NETWORK_CALL'] };
const TAKES: Partial<Program> = { ...FETCHES, effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'] };
const TRIGGERS: Partial<Program> = { effects: ['NETWORK_CALL', 'CHANGE_CLOUD', 'EXECUTE_CODE'] };
const LISTS = 'list ls status view show checks diff search browse watch download logs files issues';
/** What stands behind the place are options for git. */
const CLONES: Programs = plain('clone', 'text', {
  ...TAKES,
  operands: (at) => (at === 0 ? 'text' : at === 1 ? 'make' : 'program'),
  unlisted: 'opaque',
});
const REQUESTS: Programs = {
  ...plain('list ls status view show checks diff search issues', 'text', ASKS),
  ...plain('create new', 'text', OPENS),
  ...plain('checkout co', 'text', TAKES),
  ...plain(
    `comment note review edit update close reopen ready lock unlock approve revoke todo subscribe
    develop pin transfer`,
    'text',
    TELLS,
  ),
  ...plain('merge accept rebase update-branch', 'text', MERGES),
  ...plain('delete', 'text', DESTROYS_CLOUD),
};
const API: Program = listed(
  'text',
  {
    ...options(`-i -q= -t= --jq= --template= --paginate --slurp --include --cache= --hostname=host -p=
    --silent --verbose -H=send --header=send`),
    ...values('-X --method', 'text', { effects: ['CHANGE_CLOUD'] }),
    ...values('-f -F --field --raw-field', 'send', { effects: ['CHANGE_CLOUD', 'UPLOAD'] }),
    ...values('--input', 'read', { effects: ['CHANGE_CLOUD', 'UPLOAD'] }),
  },
  {
    ...ASKS,
    modes: [
      { names: ['-X=GET', '--method=GET', '-X=HEAD'], program: harmless('text', ASKS) },
      { names: ['-X=DELETE', '--method=DELETE'], program: harmless('text', DESTROYS_CLOUD) },
    ],
  },
);
const GH: Programs = {
  '': harmless('text'),
  ...tree('pr mr issue', REQUESTS, options('-R= --repo=')),
  ...tree('repo project', {
    ...plain('list view search contributors transfer-status', 'text', ASKS),
    ...CLONES,
    ...plain(`create fork edit rename set-default sync unarchive deploy-key autolink`, 'text', {
      ...CHANGES_CLOUD,
      effects: ['NETWORK_CALL', 'CHANGE_CLOUD', 'PUBLISH'],
    }),
    ...plain('delete archive transfer', 'text', DESTROYS_CLOUD),
  }),
  ...tree('run workflow ci pipeline job', {
    ...plain(`${LISTS} get trace lint artifact`, 'text', ASKS),
    ...plain('run rerun retry enable disable trigger cancel play', 'text', TRIGGERS),
    ...plain('delete', 'text', DESTROYS_CLOUD),
  }),
  ...tree('release', {
    ...plain('list view', 'text', ASKS),
    ...plain('download', 'text', TAKES),
    ...plain('create edit upload', 'inside', {
      ...PUBLISHES,
      effects: ['READ_REPO', 'NETWORK_CALL', 'UPLOAD', 'PUBLISH'],
    }),
    ...plain('delete delete-asset', 'text', DESTROYS_CLOUD),
  }),
  ...tree('gist snippet', {
    ...plain('list view', 'text', ASKS),
    ...CLONES,
    ...plain('create edit rename', 'read', PUBLISHES),
    ...plain('delete', 'text', DESTROYS_CLOUD),
  }),
  ...tree('secret variable', {
    ...plain('list get export', 'text', ASKS_SECRETS),
    ...plain('set update', 'text', CHANGES_CLOUD),
    ...plain('delete remove', 'text', DESTROYS_CLOUD),
  }),
  ...tree('auth', {
    ...plain('status', 'text', ASKS),
    ...plain('token', 'text', ASKS_SECRETS),
    ...plain(
      `login logout refresh
    setup-git switch`,
      'text',
      { effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'] },
    ),
  }),
  ...named('api', API),
  ...tree('ssh-key gpg-key', {
    ...plain('list', 'text', ASKS),
    ...plain('add', 'read', { effects: ['NETWORK_CALL', 'CHANGE_CLOUD', 'ESCALATE_PRIVILEGE', 'PERSIST'] }),
    ...plain('delete', 'text', DESTROYS_CLOUD),
  }),
  ...tree(`label milestone ruleset cache codespace org`, {
    ...plain(LISTS, 'text', ASKS),
    ...plain('create edit clone rebuild stop', 'text', CHANGES_CLOUD),
    ...plain('delete', 'text', DESTROYS_CLOUD),
    ...plain('ssh cp ports jupyter code', 'text', TRIGGERS),
  }),
  ...plain('search browse status help version completion', 'text', ASKS),
  ...tree('extension ext', {
    ...plain('list search browse', 'text', ASKS),
    ...plain('install upgrade exec', 'text', RUNS_REMOTE),
    ...plain('remove create', 'text', WRITES),
  }),
  ...tree('alias config', {
    ...plain('list get', 'text', LOOKS),
    ...plain('set delete import clear-cache', 'text', { effects: ['WRITE_OUTSIDE', 'PERSIST'] }),
  }),
};
const LOOKS_ELSEWHERE: Partial<Program> = {
  effects: ['READ_REPO', 'NETWORK_CALL'],
  reversibility: 'reversible',
};
const LOSES: Partial<Program> = { effects: ['WRITE_PATCH', 'DELETE'], reversibility: 'irreversible' };

/** Forges and the version control systems beside git. */
export const FORGES: Programs = {
  ...tree('gh glab hub tea', GH, options('-R= --repo= --help --version')),
  ...tree('svn', {
    ...plain('status st info log diff di blame list ls cat propget proplist help', 'list', LOOKS_ELSEWHERE),
    ...plain('checkout co update up switch sw export', 'text', TAKES),
    ...plain(
      `add mkdir copy cp move mv merge resolve resolved lock unlock propset cleanup patch`,
      'list',
      WRITES,
    ),
    ...plain('commit ci import', 'list', { effects: ['READ_REPO', 'NETWORK_CALL', 'UPLOAD'] }),
    ...plain('revert delete rm remove', 'list', LOSES),
  }),
  ...known('hg', 'text', '-R=place --config=program --cwd=place', {
    style: 'first',
    commands: {
      ...plain(
        `status st log diff cat annotate heads tip branches tags summary identify id paths root
        files manifest parents help version incoming outgoing grep bookmarks`,
        'list',
        LOOKS,
      ),
      ...plain(
        `add commit ci branch tag copy cp move mv rename merge graft resolve import shelve
        unshelve init addremove bookmark forget`,
        'list',
        { ...FORMATS },
      ),
      ...plain('pull clone update up checkout co', 'text', TAKES),
      ...known('push', 'text', `-b= -r= -B= --new-branch --rev= --branch=`, {
        effects: ['READ_REPO', 'NETWORK_CALL', 'UPLOAD'],
        options: {
          ...options('-b= -r= -B= --new-branch'),
          ...flags('-f --force', { effects: ['REWRITE_HISTORY'] }),
        },
      }),
      ...plain('revert remove rm purge strip rollback', 'list', LOSES),
      ...plain('serve', 'text', { effects: ['LISTEN', 'READ_REPO'] }),
      ...plain('histedit rebase', 'list', {
        effects: ['WRITE_PATCH', 'REWRITE_HISTORY'],
        reversibility: 'reversible',
      }),
    },
  }),
  ...tree(
    'jj',
    {
      ...plain('status st log diff show evolog help version root interdiff', 'text', LOOKS),
      ...plain(
        `new commit describe desc edit squash split bookmark rebase restore abandon duplicate undo
      file resolve workspace sparse branch absorb op config next prev unsquash move backout parallelize`,
        'text',
        { effects: ['WRITE_PATCH', 'REWRITE_HISTORY'], reversibility: 'reversible' },
      ),
      ...tree('git', {
        ...plain('fetch clone', 'text', TAKES),
        ...plain('push', 'text', { effects: ['NETWORK_CALL', 'UPLOAD', 'REWRITE_HISTORY'] }),
        ...plain('init remote import export', 'text', WRITES),
      }),
    },
    options('-R=place --repository=place --no-pager --config=program'),
  ),
  ...tree('bzr fossil darcs pijul cvs', {
    ...plain(`status log diff info ls annotate`, 'text', LOOKS),
    ...plain('add commit record', 'text', WRITES),
    ...plain('revert clean', 'text', LOSES),
  }),
  ...plain(`gitleaks trufflehog git-secrets detect-secrets`, 'inside', {
    ...LOOKS,
    effects: ['READ_REPO', 'READ_SECRETS'],
  }),
  ...plain('tig gitui lazygit gitk git-gui onefetch git-sizer git-cliff git-extras', 'text', LOOKS),
};
