import {
  flags,
  harmless,
  listed,
  named,
  type Options,
  options,
  type Program,
  type Programs,
  values,
} from './program.ts';
import { firstThen, known, LOOKS, LOOKS_AT_HOST, plain, WRITES } from './rows.ts';

const PATTERNS = ['-e', '--regexp', '-f', '--file'];
const search = (list: string, more: Partial<Program> = {}): Program =>
  listed('read', options(list), {
    ...LOOKS,
    operands: (at, _count, given) =>
      at === 0 && !PATTERNS.some((name) => given.has(name)) ? 'text' : 'read',
    ...more,
  });
/** Values of these look like files: a slash between columns is no directory. */
const columns = (list: string): Program => harmless('read', { ...LOOKS, options: options(list) });
/** One that writes in place, and one that runs or writes from its own text, are other programs. */
const SED = `-n -E -r -s -u -z -i?suffix -l= -e=edits --quiet --silent --regexp-extended --separate
    --unbuffered
  --null-data --in-place?suffix --expression=edits --debug --posix --sandbox --follow-symlinks -f=script
  --file=script`;
/** What writes or runs in awk: nothing else has these words and signs, but a text may. */
const AWK_REACHES = /\\\n|\bsystem\b|\bgetline\b|\bclose\b|\|&|@|\bprintf?\b[^;}]*(?:>|\|(?!\|))/;
const sed = (change: Partial<Program>, files: 'read' | 'write'): Program =>
  listed('read', options(SED), {
    ...change,
    operands: (at, _count, given) =>
      at === 0 && !given.has('-e') && !given.has('--expression') && !given.has('-f') && !given.has('--file')
        ? 'edits'
        : files,
  });

const PATCH: Options = options(`-p0 -p1 -p2 -p= -R -N -f -s -t -b -E -d=place -i=read -o=write -r=write
  --dry-run --forward --reverse --backup --verbose --binary --strip= --input=read --directory=place --merge`);
/** All of its environment, or a part: no member of that name. */
const JQ_ENVIRONMENT = /(?:^|[^\w."$-])env\b|\$ENV\b/;

/** Text: what reads it, turns it, and writes it back. */
export const TEXT: Programs = {
  ...plain(
    `seq printf yes test [ [[ expr factor numfmt cal ncal ascii uuid uuidgen uuidparse pwgen
    figlet toilet fortune banner lorem units bc qalc calc jot namei getopt getopts
    dircolors lsb_release resize tset infocmp toe apropos whatis info tldr cheat help type hash
    which whereis compgen bindkey complete readarray mapfile`,
    'text',
  ),
  ...plain(
    `tac rev fmt expand unexpand comm colrm pr hexdump hd
    strings base32 basenc md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum b3sum
    shasum cksum sum md5 crc32 zcat bzcat xzcat zstdcat lzcat gzcat zgrep zegrep zfgrep bzgrep xzgrep
    zdiff zcmp zmore diff cmp diff3 sdiff colordiff difft diffstat wdiff icdiff csvlook csvcut
    csvgrep csvsort csvstat jless gron fx htmlq pup ccat 
    glow mdcat hexyl look tsort ptx chardet dos2unix-check isutf8 pdftotext pdfinfo
    pdffonts antiword catdoc msgcat ul colcrt`,
    'read',
    { ...LOOKS },
  ),
  ...named(
    'cut',
    columns('-d= -f= -c= -b= --delimiter= --fields= --characters= --bytes= --output-delimiter='),
  ),
  ...named('paste', columns('-d= --delimiters=')),
  ...named('join', columns('-t= -o= -e= -1= -2= -j= -a= -v=')),
  ...named('column', columns('-s= -c= -o= -N= --separator= --output-separator= --output-width=')),
  ...named('fold', columns('-w= --width=')),
  ...named('nl', columns('-b= -d= -f= -h= -i= -l= -n= -s= -v= -w=')),
  ...named('od', columns('-A= -j= -N= -S= -t= --address-radix= --skip-bytes= --read-bytes= --format=')),
  ...known('xxd', 'read', `-a -b -C -c= -E -e -g= -h -i -l= -n= -o= -p -ps -r -s= -u -v -d -R=`, {
    ...LOOKS,
    style: 'words',
    operands: (at) => (at === 0 ? 'read' : 'write'),
  }),
  ...known('tr', 'text', '-c -C -d -s -t --complement --delete --squeeze-repeats --truncate-set1'),
  ...known(
    'readlink realpath tree exa eza lsd dust duf ncdu broot erd vmtouch',
    'list',
    `-f -e -m -n -q -s -z
    -a -d -l -f -L= -I= -P= -h -p -u -g -D -F -r -t -x -i -C --relative-to=list --relative-base=list
    --canonicalize --canonicalize-existing --canonicalize-missing --no-newline --noreport --dirsfirst
    --gitignore --git-ignore --icons --git --long --all --tree --level= --sort= --color?
    --group-directories-first -o=write --strip --no-symlinks`,
    LOOKS,
  ),
  ...named(
    'rg ripgrep',
    search(`-i -S -s -v -w -x -c -l -L -n -N -o -q -z -u -uu -uuu -. -F -P -U -a -p -H
    -h -I -0 -A= -B= -C= -m= -e= -f=read -g= -t= -T= -j= -r= -M= -d= -E= --files
    --files-with-matches --files-without-match
    --ignore-case --smart-case --case-sensitive --invert-match --word-regexp --line-regexp --count
    --count-matches --line-number --no-line-number --only-matching --quiet --hidden --no-ignore
    --no-ignore-vcs --follow
    --fixed-strings --pcre2 --multiline --multiline-dotall --text --pretty --heading --no-heading
    --with-filename --no-filename --null --json --stats --sort= --sortr= --color= --colors= --column
    --trim --vimgrep --type-list --max-depth= --max-count= --max-columns= --max-filesize= --glob=
    --iglob= --type= --type-not= --type-add= --context= --after-context= --before-context=
    --replace= --regexp= --file=read --threads= --passthru --engine= --no-messages --no-config
    --crlf --debug --ignore-file=read --binary --search-zip --pre-glob= --pre=program
    --hostname-bin=program`),
  ),
  ...named(
    'ag ack ugrep pt sift',
    search(`-i -l -n -v -w -c -o -s -S -Q -r -a -u -U -A= -B= -C= -m= -G=
    -g= --ignore= --ignore-dir= --hidden --nocolor --color --nogroup --group --column
    --files-with-matches --literal --depth= --stats --vimgrep --python --js --js-code --ts --html --cpp
    --java --go --rust --type= -p=read --path-to-ignore=read --print-all-files --numbers --noheading
    --pager=program -f=read`),
  ),
  ...named('ast-grep sg comby', harmless('inside', { effects: ['READ_REPO', 'WRITE_PATCH'] })),
  ...named(
    'fd fdfind',
    listed(
      'text',
      options(`-H -I -u -a -l -L -p -g -i -s -F -0 -q -1 -e= -t= -d= -E=
    -S= -o= -c= -j= --hidden --no-ignore --absolute-path --list-details --follow --full-path --glob
    --ignore-case --case-sensitive --fixed-strings --print0 --quiet --extension= --type= --max-depth=
    --min-depth= --exact-depth= --exclude= --size= --changed-within= --changed-before= --owner= --color=
    --threads= --max-results= --strip-cwd-prefix --base-directory=list --search-path=list -x=program
    -X=program --exec=program --exec-batch=program --prune --one-file-system --max-one-result`),
      { ...LOOKS, operands: firstThen('text', 'list') },
    ),
  ),
  ...plain('locate plocate slocate mlocate fzf sk peco', 'text', LOOKS_AT_HOST),
  ...named(
    'jq gojq jaq',
    listed(
      'read',
      options(`-r -j -a -s -c -n -e -S -C -M -R -f=read -L=list
    --raw-output --join-output --ascii-output --slurp --compact-output --null-input --exit-status
    --sort-keys --color-output --monochrome-output --raw-input --tab --indent= --stream --seq
    --unbuffered --from-file=read --raw-output0 --args --jsonargs --arg= --argjson= --slurpfile=
    --rawfile= -h`),
      {
        ...LOOKS,
        // A name stands before the file that is read, so any operand may be one.
        operands: (at, _count, given) =>
          at === 0 && !given.has('--slurpfile') && !given.has('--rawfile') ? 'text' : 'read',
        special: (word, at) =>
          at === 0 && JQ_ENVIRONMENT.test(word) ? { use: 'text', effects: ['READ_SECRETS'] } : null,
      },
    ),
  ),
  ...named(
    'yq xq tomlq dasel',
    listed(
      'read',
      options(`-r -j -y -Y -P -C -M -N -n -s= -o= -p= -I= -e -h
    --raw-output --yaml-output --output-format= --input-format= --prettyPrint --colors --no-colors
    --null-input --from-file=read --exit-status --arg= --argjson=`),
      {
        ...LOOKS,
        operands: (at) => (at === 0 ? 'text' : 'read'),
        special: (word, at) =>
          at === 0 && /\b(?:load|env|strenv|envsubst|eval)\w*\b/.test(word)
            ? { use: 'unknown', effects: [] }
            : null,
        options: {
          ...options(`-r -j -y -Y -P -C -M -N -n -o= -p= -I= -e -h --raw-output --output-format=
      --input-format= --prettyPrint --colors --no-colors --null-input --from-file=read --exit-status`),
          ...flags('-i --inplace', { effects: ['WRITE_PATCH'] }),
        },
      },
    ),
  ),
  ...known(
    'xmllint',
    'read',
    `--noout --format --xpath= --schema=read --relaxng=read --dtdvalid=read
    --valid --html --recover --nonet --noent --c14n --pretty= --huge --stream -o=write --output=write
    --encode=`,
    LOOKS,
  ),
  ...known('csplit', 'read', '-b= -f=write -k -n= -s -z --prefix=write --suffix-format= --digits=', {
    ...WRITES,
    operands: firstThen('read', 'text'),
  }),
  ...known(
    'split',
    'read',
    `-l= -b= -n= -d -a= -x -C= -e -u -t= -f= -k -s -z --lines= --bytes=
    --number= --numeric-suffixes? --suffix-length= --additional-suffix= --verbose --prefix= --digits=
    --elide-empty-files --quiet --filter=shell`,
    { ...WRITES, operands: (at, count) => (at === 0 || count < 2 ? 'read' : 'write') },
  ),
  ...known('tee', 'write', `-a -i -p --append --ignore-interrupts --output-error?`, { effects: ['COMPUTE'] }),
  ...plain(
    `pv progress btm bpytop bashtop nvtop nmon dysk dstat duf procs gping bandwhich zoxide z
    starship feh eog nsxiv sxiv viu timg chafa okular evince zathura mpv vlc ranger lf nnn yazi`,
    'list',
    LOOKS_AT_HOST,
  ),
  ...known('mlr', 'unknown', '', { effects: ['READ_REPO', 'EXECUTE_CODE', 'WRITE_PATCH'] }),
  ...known('dc', 'script', '-e=code -f=script -V', { input: 'code' }),
  ...plain(`highlight pygmentize base64 xsv qsv xmlstarlet enca`, 'read', {
    ...LOOKS,
    options: options('-o=write -O=write --output=write'),
  }),
  ...known(
    'shuf',
    'read',
    `-e -i= -n= -o=write -r -z --echo --input-range= --head-count= --output=write
    --random-source=read --repeat --zero-terminated`,
    LOOKS,
  ),
  ...known('command builtin', 'command', '-v -V -p', { style: 'first' }),
  ...known('sponge', 'write', '-a', { effects: ['COMPUTE'] }),
  ...named('sed gsed', {
    ...sed({ effects: ['COMPUTE'] }, 'read'),
    modes: [{ names: ['-i', '--in-place'], program: sed(WRITES, 'write') }],
  }),
  ...named(
    'awk gawk mawk nawk',
    listed(
      'read',
      {
        ...options(`-F= -v= --field-separator= --assign=
    --re-interval --posix --traditional --csv -W=program --version`),
        ...values('-f --file -i --include -l --load -E --exec', 'script'),
        ...values('-e --source', 'code'),
        ...values('-o -p -d --profile --pretty-print --dump-variables', 'write'),
      },
      {
        ...LOOKS,
        operands: (at, _count, given) =>
          at === 0 && !given.has('-f') && !given.has('--file') ? 'text' : 'read',
        special: (word, at) => (at === 0 && AWK_REACHES.test(word) ? { use: 'code', effects: [] } : null),
      },
    ),
  ),
  ...plain('dos2unix unix2dos iconv recode uconv', 'alter', { effects: ['READ_REPO', 'WRITE_PATCH'] }),
  ...named('patch', {
    ...listed('alter', PATCH, WRITES),
    modes: [{ names: ['--dry-run'], program: listed('read', PATCH, LOOKS) }],
  }),
  ...known('rename prename mmv', 'text', `-n -v -f -i --no-act --dry-run --verbose --force`, {
    effects: ['WRITE_PATCH', 'DELETE', 'EXECUTE_CODE'],
  }),
  ...plain('install-info update-mime', 'text', WRITES),
  ...known('multitail lnav', 'read', '-f -n='),
  ...plain('jobs fg bg disown times dirs', 'text'),
  // A name that it sets may have a subscript that runs something.
  ...known('wait', 'text', '-n -f'),
  ...known('cd pushd popd chdir', 'list', '-L -P -e -@'),
};
