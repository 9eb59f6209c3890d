import { harmless, listed, options, type Program, type Programs, tree } from './program.ts';
import { ASKS, CHANGES_CLOUD, DESTROYS_CLOUD, known, lastAfter, plain } from './rows.ts';
import { VERBS } from './verbs.ts';

const COPYING = `--recursive -r --dryrun --dry-run --exclude= --include= --acl= --storage-class= --quiet
  --only-show-errors --content-type= --cache-control= --sse? --size-only --follow-symlinks
  --no-follow-symlinks --no-progress --exact-timestamps --metadata= --region= --profile= -m -n -R -d`;
const MOVES: Partial<Program> = {
  effects: ['READ_REPO', 'WRITE_PATCH', 'NETWORK_CALL', 'UPLOAD', 'DOWNLOAD', 'CHANGE_CLOUD'],
};
const DRY = ['--dryrun', '--dry-run', '-n'];
const copies = (names: string): Programs =>
  known(names, 'remote', `${COPYING} --delete`, {
    ...MOVES,
    operands: lastAfter('destination', 'remote'),
    modes: [
      { names: DRY, program: harmless('remote', ASKS) },
      {
        names: ['--delete', '-d'],
        program: listed('remote', options(`${COPYING} --delete`), {
          ...DESTROYS_CLOUD,
          operands: lastAfter('destination', 'remote'),
        }),
      },
    ],
  });
export const BUCKETS: Programs = {
  ...plain('ls cat stat du presign website signurl hash version', 'text', ASKS),
  ...copies('cp mv sync rsync'),
  ...plain('mb', 'text', CHANGES_CLOUD),
  ...known('rm rb', 'text', `${COPYING} --force -f -a`, {
    ...DESTROYS_CLOUD,
    modes: [{ names: ['--dryrun', '--dry-run'], program: harmless('text', ASKS) }],
  }),
};

/** Copies of data elsewhere: buckets and backups. */
export const COPIES: Programs = {
  ...tree('gsutil', BUCKETS, options('-m -q -o=program -D')),
  ...tree(
    's3cmd s4cmd s5cmd',
    {
      ...BUCKETS,
      ...plain('info la ls du', 'text', ASKS),
      ...plain('put get', 'remote', MOVES),
      ...plain('del rm rb expire', 'text', DESTROYS_CLOUD),
      ...plain('setacl setpolicy accesslog', 'text', CHANGES_CLOUD),
    },
    options(`-c=read
    --config=read -r --recursive -n --dry-run`),
  ),
  ...tree(
    'mc mcli',
    {
      ...BUCKETS,
      ...plain('find tree head diff share watch', 'text', ASKS),
      ...plain('mirror put get pipe', 'remote', MOVES),
      ...plain('admin alias policy anonymous ilm version tag', 'text', CHANGES_CLOUD),
    },
    options(`--json -q --quiet
    --insecure --config-dir=read`),
  ),
  ...tree(
    'rclone',
    {
      ...plain(
        `ls lsd lsl lsf lsjson size about check md5sum sha1sum cat listremotes version help tree
      hashsum ncdu cryptcheck`,
        'remote',
        ASKS,
      ),
      ...known(
        'copy copyto move moveto bisync copyurl rcat',
        'remote',
        `-P -v -n -i --dry-run --progress
      --transfers= --checkers= --exclude= --include= --filter= --interactive --ignore-existing --update
      -u --size-only --checksum`,
        { ...MOVES, modes: [{ names: ['-n', '--dry-run'], program: harmless('remote', ASKS) }] },
      ),
      // What the other side has more is removed there.
      ...plain('sync delete purge deletefile rmdir rmdirs cleanup dedupe', 'remote', {
        options: options('-n -i --dry-run --interactive'),
        ...DESTROYS_CLOUD,
        modes: [{ names: ['-n', '--dry-run', '-i', '--interactive'], program: harmless('remote', ASKS) }],
      }),
      ...plain('config', 'text', { effects: ['READ_SECRETS', 'PERSIST'] }),
      ...plain('mount serve rcd', 'text', { effects: ['LISTEN', 'CONTROL_SYSTEM', 'NETWORK_CALL'] }),
      ...plain('mkdir touch link', 'text', CHANGES_CLOUD),
    },
    options('--config=read -v -P -n --dry-run'),
  ),
  ...tree(
    'restic borg borgmatic kopia duplicity pgbackrest barman wal-g',
    {
      ...plain(
        `snapshots ls list info stats check diff find cat dump version help get describe logs status
      cache`,
        'text',
        ASKS,
      ),
      ...plain(`backup create init archive export export-tar tag`, 'remote', {
        effects: ['READ_REPO', 'READ_CONFIG', 'NETWORK_CALL', 'UPLOAD'],
      }),
      ...plain(`restore extract mount copy import install schedule`, 'remote', {
        effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'WRITE_OUTSIDE'],
      }),
      ...plain('forget prune delete rewrite compact recreate rdelete repair purge expire remove', 'text', {
        ...DESTROYS_CLOUD,
        effects: ['NETWORK_CALL', 'DELETE', 'DESTROY_DATA'],
        options: options('-n --dry-run'),
        modes: [{ names: ['-n', '--dry-run'], program: harmless('text', ASKS) }],
      }),
      ...plain('unlock break-lock config migrate rebuild-index', 'text', CHANGES_CLOUD),
      ...tree('key', {
        ...plain('list', 'text', ASKS),
        ...plain(
          `add remove passwd export import
      change-passphrase`,
          'text',
          { effects: ['READ_SECRETS', 'CHANGE_CLOUD'] },
        ),
      }),
    },
    options(`-r= --repo= -p=read --password-file=read -v -q --json --verbose --quiet --no-lock
    --password-command=program -o=program`),
    { other: listed('text', {}, { effects: [], style: 'first', by_verb: true, commands: VERBS }) },
  ),
};
