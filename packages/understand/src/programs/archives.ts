import {
  flags,
  listed,
  named,
  type Options,
  options,
  type Program,
  type Programs,
  values,
} from './program.ts';
import { known, LOOKS, plain, WRITES } from './rows.ts';

const RUNS_SOMETHING: Options = values(
  `-I --use-compress-program --to-command --checkpoint-action
  --rsh-command --rmt-command -F --info-script --new-volume-script`,
  'program',
);
const TAR: Options = {
  ...options(`-f=destination --file=destination -v -z -j -J -a -Z -p -P -h -k -m -O -o -S -s -U -w
    -W -n -l -B -i -M -N=
    -b= -V= -H= -K= -L= -X=read -T=read -C=list --gzip --bzip2 --xz --zstd --lzma --lz4 --compress
    --auto-compress --verbose --exclude= --exclude-from=read --exclude-vcs --exclude-vcs-ignores
    --exclude-caches --directory=list --strip-components= --strip= --wildcards --no-wildcards
    --anchored --no-anchored --transform= --xform=
    --files-from=read --null --no-recursion --recursion --keep-old-files --skip-old-files
    --overwrite --overwrite-dir --no-overwrite-dir --unlink-first --keep-newer-files
    --one-top-level? --to-stdout
    --preserve-permissions --same-permissions --no-same-permissions --same-owner --no-same-owner
    --numeric-owner --owner= --group= --mode= --mtime= --sort= --format= --dereference
    --hard-dereference --sparse --totals
    --checkpoint? --one-file-system --absolute-names --ignore-failed-read --ignore-zeros --verify
    --blocking-factor= --newer= --newer-mtime= --touch --acls --xattrs --selinux
    --show-transformed-names --quoting-style= --warning= --no-xattrs
    --full-time --block-number -R --index-file=write --listed-incremental=write -g=write --label=
    --posix --force-local --occurrence --no-auto-compress --disable-copyfile --no-mac-metadata`),
  ...RUNS_SOMETHING,
  ...flags(`-c -x -t -r -u -A -d --create --extract --get --list --append --update --concatenate --diff
    --compare --delete`),
  ...flags('--remove-files', { effects: ['DELETE'], reversibility: 'irreversible' }),
};
const READS: Options = { ...TAR, ...options('-f=remote --file=remote -C=write --directory=write') };
const tar = (change: Partial<Program>, of: Options): Program =>
  listed('text', of, { style: 'bundle', ...change });

/** Archives, and what is packed. */
export const ARCHIVES: Programs = {
  ...named('tar gtar bsdtar', {
    ...tar({ effects: ['READ_REPO', 'WRITE_PATCH'] }, TAR),
    modes: [
      { names: ['-x', '--extract', '--get'], program: tar({ effects: ['WRITE_PATCH'] }, READS) },
      { names: ['-t', '--list', '-d', '--diff', '--compare'], program: tar(LOOKS, READS) },
      {
        names: ['-c', '--create', '-r', '-u', '--append', '--update'],
        program: tar({ effects: ['WRITE_PATCH'], operands: () => 'read' }, TAR),
      },
    ],
  }),
  ...known(
    'cpio',
    'text',
    `-i -o -p -d -m -u -v -t -0 -a -B -c -H= -F=write -I=read -O=write -E=read
    --extract --create --list --make-directories --quiet --null --no-absolute-filenames --format=
    --file=write`,
    { effects: ['READ_REPO', 'WRITE_PATCH'] },
  ),
  ...named(
    'pax ar',
    listed('text', options(`-r -w -v -f=write -x -t -p -d -q -s -c`), {
      effects: ['READ_REPO', 'WRITE_PATCH'],
      unlisted: 'harmless',
    }),
  ),
  ...named(
    'zip',
    listed(
      'read',
      {
        ...options(`-r -9 -0 -1 -6 -q -v -j -u -f -g -y -X -D -e -l -ll -o -S
    -x= -i= -P=secret -b=write -t= -n= -s= -@ -FS -z -A -h --recurse-paths --quiet --junk-paths
    --exclude= --include= --symlinks --encrypt --password=secret`),
        ...flags('-m -d --move --delete', { effects: ['DELETE'], reversibility: 'irreversible' }),
        ...values('-TT --unzip-command', 'program'),
      },
      { effects: ['WRITE_PATCH'], operands: (at) => (at === 0 ? 'write' : 'read') },
    ),
  ),
  ...known(
    'unzip',
    'read',
    `-o -n -q -qq -j -u -f -a -v -l -t -p -c -x= -d=write -P=secret -C -L -X -K
    -Z -z -O= -I=`,
    {
      effects: ['READ_REPO', 'WRITE_PATCH'],
      operands: (at) => (at === 0 ? 'read' : 'text'),
      modes: [
        {
          names: ['-l', '-t', '-v', '-Z', '-z', '-p'],
          program: listed('text', options('-l -t -v -Z -z -p -q -qq -c'), {
            ...LOOKS,
            operands: (at) => (at === 0 ? 'read' : 'text'),
          }),
        },
      ],
    },
  ),
  ...plain('zipinfo lsar xzinfo lzinfo', 'read', LOOKS),
  ...plain(
    `7z 7za 7zr rar unrar unar lha lzh arj cabextract dpkg-deb rpm2cpio patool atool ouch dtrx
    par2 bup asar jar wasm2c`,
    'read',
    { effects: ['READ_REPO', 'WRITE_PATCH', 'DELETE'] },
  ),
  ...named(
    `gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 lzop lrzip brotli pigz unpigz
    pbzip2 compress uncompress bzip3 lzip plzip`,
    listed(
      'alter',
      {
        ...options(`-1 -2 -3 -4 -5 -6 -7 -8 -9 -# -q -v -f -n -N -r -z -S= -T= -D=read -M= --fast --best
      --quiet --verbose --force --recursive --no-name --name --suffix= --threads= --extreme -e
      --rsyncable --ultra --long? --stdout -c -k --keep -d --decompress --uncompress -l --list -t --test
      --format= -F= -o=write --output=write -b= -p= --rm --no-progress --adapt -h -V -L`),
      },
      {
        effects: ['WRITE_PATCH', 'DELETE'],
        reversibility: 'reversible',
        modes: [
          {
            names: ['-c', '--stdout', '-l', '--list', '-t', '--test'],
            program: listed(
              'read',
              options(`-1 -2 -3 -4 -5 -6 -7
      -8 -9 -# -q -v -f -n -c -k -d --stdout --keep --decompress -l --list -t --test -T= --threads= -e`),
              LOOKS,
            ),
          },
          {
            names: ['-k', '--keep'],
            program: listed(
              'read',
              options(
                `-1 -2 -3 -4 -5 -6 -7 -8 -9 -q -v -f -k --keep -d --decompress -T= --threads= --force -e
                  --best`,
              ),
              WRITES,
            ),
          },
        ],
      },
    ),
  ),
  ...named(
    'truncate',
    listed(
      'lose',
      options(`-s= -c -o -r=read --size= --no-create --io-blocks
    --reference=read`),
      { effects: ['WRITE_PATCH', 'DELETE'] },
    ),
  ),
  ...named(
    'shred srm wipe scrub bleachbit sfill sdmem',
    listed(
      'lose',
      options(`-u -z -v -n= -s= -f -x
    -r -l -d --remove? --zero --verbose --iterations= --size= --force --exact --random-source=read`),
      { effects: ['DELETE'] },
    ),
  ),
  ...named('unlink', listed('lose', {}, { effects: ['DELETE'] })),
  ...known(
    'install',
    'read',
    `-b -c -C -d -D -p -s -v -T -g= -m= -o= -S= -t=write -Z --directory --mode=
    --owner= --group= --backup? --compare --preserve-timestamps --strip --strip-program=program
    --suffix= --target-directory=write --verbose --no-target-directory`,
    {
      ...WRITES,
      operands: (at, count, given) =>
        given.has('-d') || given.has('--directory')
          ? 'make'
          : given.has('-t') || given.has('--target-directory') || at < count - 1
            ? 'read'
            : 'write',
    },
  ),
  ...known('mktemp', 'text', `-d -q -u -t -p=list --directory --quiet --dry-run --tmpdir? --suffix=`, {
    effects: ['COMPUTE', 'WRITE_PATCH'],
    reversibility: 'reversible',
  }),
  ...known('mkfifo', 'make', '-m= --mode=', WRITES),
  ...known('mknod', 'make', '-m= --mode=', {
    effects: ['WRITE_PATCH', 'CONTROL_SYSTEM'],
    operands: (at) => (at === 0 ? 'make' : 'text'),
  }),
  ...known('link', 'write', '', WRITES),
  ...known('fallocate', 'alter', '-l= -o= -v -n -d -p -z -c --length= --offset= --keep-size', WRITES),
  ...known('sync', 'text', '-d -f'),
  ...known('stow', 'inside', `-v -n -S -D -R -d=place -t=write --adopt --no-folding --simulate`, {
    effects: ['WRITE_PATCH', 'WRITE_OUTSIDE'],
  }),
  ...plain('trash trash-put gio-trash rip', 'move', { effects: ['WRITE_PATCH'] }),
  ...plain('trash-list trash-restore', 'text', WRITES),
  ...plain('trash-empty trash-rm', 'text', { effects: ['DELETE'], reversibility: 'irreversible' }),
  ...plain(
    `convert magick mogrify cwebp dwebp optipng pngquant jpegoptim gifsicle svgo inkscape
    rsvg-convert cairosvg lame flac oggenc opusenc pdftk qpdf pdfunite pdfseparate pdfjam gs ps2pdf
    img2pdf ocrmypdf tesseract dot neato plantuml mmdc wkhtmltopdf weasyprint libreoffice
    soffice unoconv`,
    'inside',
    { effects: ['READ_REPO', 'WRITE_PATCH'] },
  ),
};
