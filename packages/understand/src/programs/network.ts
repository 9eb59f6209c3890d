import { flags, listed, named, options, type Program, type Programs, values } from './program.ts';
import { firstThen, known, lastAfter } from './rows.ts';

const SENDS = { effects: ['UPLOAD'] } as const;
const LISTENS = { effects: ['LISTEN'] } as const;
/** A name that is looked up is told to whoever answers for it. */
const LOOKS_UP: Partial<Program> = { effects: ['NETWORK_CALL'], reversibility: 'reversible' };
const curl: Program = listed(
  'url',
  {
    ...options(`-# -0 -1 -2 -3 -4 -6 -a -f -G -g -I -i -j -L -l -M -N -S -s -v -V -Z --anyauth --append
      --basic --cert-status --compressed
      --compressed-ssh --create-dirs --crlf --digest --disable-epsv --disallow-username-in-url
      --fail --fail-early --fail-with-body
      --false-start --get --globoff --head --http0.9 --http1.0 --http1.1 --http2
      --http2-prior-knowledge --http3 --include --ipv4
      --ipv6 --junk-session-cookies --list-only --location --negotiate --no-alpn --no-buffer
      --no-keepalive --no-npn
      --no-progress-meter --no-sessionid --ntlm --parallel --path-as-is --post301 --post302
      --post303 --progress-bar --raw
      --remote-time --retry-all-errors --retry-connrefused --sasl-ir --show-error --show-headers
      --silent --ssl --ssl-reqd
      --styled-output --suppress-connect-headers --tcp-fastopen --tcp-nodelay --tls-earlydata
      --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2
      --tlsv1.3 --tr-encoding --trace-ids --trace-time --verbose --version --manual --no-clobber
      --skip-existing --rate=
      -A= -C= -e= -m= -r= -t= -w=template -y= -Y= -z= --connect-timeout= --max-time= --max-redirs=
      --max-filesize= --range= --referer=
      --retry= --retry-delay= --retry-max-time= --user-agent= --write-out=template --limit-rate=
      --continue-at= --time-cond= --keepalive-time=
      --expect100-timeout= --happy-eyeballs-timeout-ms= --speed-limit= --speed-time= --ciphers=
      --tls13-ciphers= --curves=
      --tls-max= --proto== --proto= --proto-default= --proto-redir= --interface= --local-port=
      --parallel-max= --request-target= --krb=
      --delegation= --hostpubmd5= --hostpubsha256= --pinnedpubkey= --etag-compare=read
      --cacert=read --capath=list --crlfile=read
      -o=write --output=write --output-dir=write -D=write --dump-header=write -c=write
      --cookie-jar=write --trace=write --trace-ascii=write
      --stderr=write --etag-save=write --hsts=write --alt-svc=write --libcurl=write --remove-on-error`),
    ...flags('-O -J -R --remote-name --remote-header-name --remote-name-all', { effects: ['WRITE_PATCH'] }),
    // Nobody checks who answers.
    ...flags(
      `-k -n --insecure --proxy-insecure --location-trusted --ftp-create-dirs --netrc
      --netrc-optional`,
      { effects: ['UPLOAD'] },
    ),
    ...values('-X --request', 'method'),
    ...values(
      `-H -u -U --header --user --proxy-user --proxy-header --oauth2-bearer
      --aws-sigv4`,
      'send',
    ),
    ...values(
      `-d -F --data --data-ascii --data-binary --data-urlencode --form --json --variable`,
      'send',
      SENDS,
    ),
    ...values('--data-raw --form-string --expand-data', 'text', SENDS),
    ...values('-T --upload-file', 'read', SENDS),
    ...values('-E --cert --key --netrc-file --pass', 'read', { effects: ['READ_SECRETS'] }),
    ...values('-b --cookie', 'cookie'),
    ...values('--url', 'url'),
    ...values(`-x --proxy --preproxy --socks4 --socks4a --socks5 --socks5-hostname --doh-url`, 'url', SENDS),
    // Another place answers in the name of the host, or another file says what is done.
    ...values(
      `--resolve --connect-to --unix-socket --abstract-unix-socket --dns-servers --engine -K
      --config -Q --quote --telnet-option`,
      'program',
    ),
    ...flags('-q --disable'),
  },
  { effects: ['NETWORK_CALL', 'DOWNLOAD'] },
);
const wget: Program = listed(
  'url',
  {
    ...options(`-4 -6 -b -c -d -E -F -H -k -K -L -l= -m -N -nc -nd -nH -np -nv -p -q -r -S -v -V -x
      --adjust-extension --backup-converted --continue
      --convert-links --content-disposition --debug --delete-after --force-directories
      --https-only --inet4-only --inet6-only
      --level= --mirror --no-cache --no-clobber --no-directories --no-host-directories --no-parent
      --no-verbose --page-requisites
      --quiet --recursive --relative --server-response --span-hosts --spider --timestamping
      --trust-server-names --verbose
      --no-dns-cache --no-cookies --background --progress= --show-progress? --random-wait -t= -T=
      -U= -w= -Q= -A= -R= -D= -I= -X= --timeout=
      --tries= --user-agent= --wait= --waitretry= --quota= --limit-rate= --accept= --reject=
      --domains= --exclude-domains=
      --include-directories= --exclude-directories= --cut-dirs= --connect-timeout= --read-timeout=
      --dns-timeout= --max-redirect=
      --referer= --retry-connrefused --retry-on-http-error= --start-pos= --secure-protocol=
      --prefer-family= --ca-certificate=read
      --regex-type= --accept-regex= --reject-regex= --local-encoding= --remote-encoding=
      --restrict-file-names= --default-page=
      -O=write -P=write -o=write -a=write --output-document=write --directory-prefix=write
      --output-file=write --append-output=write
      --save-cookies=write --warc-file=write --rejected-log=write --header=send`),
    ...values('--load-cookies --certificate --private-key', 'read', { effects: ['READ_SECRETS'] }),
    ...values('--user --password --http-user --http-password --ftp-user --ftp-password', 'secret'),
    ...values('--method', 'method'),
    ...values('--body-data --post-data', 'text', SENDS),
    ...values('--body-file --post-file', 'read', SENDS),
    ...flags('--no-check-certificate', SENDS),
    ...values('-i -B -e --input-file --base --execute --config --use-askpass --bind-address', 'program'),
  },
  { effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'] },
);
const SSH = `-4 -6 -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y -A -b= -B= -c= -e= -l=
  -m= -O= -p= -Q= -W=host -i=read -E=write -S=write -J=host`;
const TUNNEL = { effects: ['LISTEN', 'NETWORK_CALL'] } as const;
const ssh: Program = listed(
  'text',
  {
    ...options(SSH),
    ...values('-o', 'text'),
    ...values('-L -D -w', 'text', TUNNEL),
    ...values('-R', 'text', { effects: ['LISTEN', 'NETWORK_CALL', 'UPLOAD'] }),
    ...values('-F -I', 'program'),
  },
  {
    effects: ['NETWORK_CALL', 'UPLOAD'],
    style: 'first',
    operands: (at) => (at === 0 ? 'host' : 'text'),
    special: (_word, at) => (at > 0 ? { use: 'text', effects: ['EXECUTE_CODE'] } : null),
  },
);
const COPY = `-3 -4 -6 -A -B -C -O -p -q -R -r -T -v -f -a -N -c= -D= -l= -P= -i=read -J=host -X= -s=
  -b=script -o=setting -S=program -F=program`;

/** What reaches other hosts: transfers, sessions, sockets, look-ups. */
export const NETWORK: Programs = {
  ...named('curl', curl),
  ...named('wget', wget),
  ...named('autossh mosh', {
    ...ssh,
    options: { ...ssh.options, ...values('-o', 'program') },
    modes: [],
  }),
  ...known('scp', 'remote', COPY, {
    effects: ['NETWORK_CALL'],
    operands: lastAfter('destination', 'remote'),
  }),
  ...known('sftp', 'host', COPY, { effects: ['NETWORK_CALL', 'UPLOAD', 'DOWNLOAD'] }),
  ...named(
    'rsync',
    listed(
      'remote',
      {
        ...options(`-# -0 -4 -6 -8 -A -a -b -c -C -D -d -E -g -H -h -I -i -J -k -K -L -l -m -n -N -O -o -P
          -p -q
      -r -R -S -s -t -U -u -v -W -X -x -y -z --[no-]archive
      --[no-]recursive --[no-]relative --[no-]perms --[no-]owner --[no-]group --[no-]times
      --[no-]links --copy-links --copy-unsafe-links --safe-links --hard-links
      --acls --xattrs --executability --chmod= --devices --specials --sparse --dry-run
      --whole-file --one-file-system -B= --block-size=
      --existing --ignore-existing --max-size= --min-size= --partial --partial-dir=write
      --prune-empty-dirs --numeric-ids --timeout=
      --contimeout= --ignore-times --size-only --modify-window= -T=write --temp-dir=write --fuzzy
      --compare-dest=list --copy-dest=list
      --link-dest=list --compress --compress-level= --skip-compress= --cvs-exclude -f= --filter=
      -F --exclude= --exclude-from=read
      --include= --include-from=read --files-from=read --from0 --protect-args --address= --port=
      --sockopts= --blocking-io --stats
      --human-readable --progress --itemize-changes --log-file=write --log-file-format=
      --out-format= --list-only --bwlimit=
      --verbose --quiet --info= --debug= --checksum --update --inplace --append --append-verify
      --dirs --omit-dir-times --backup
      --backup-dir=write --suffix= --mkpath --ipv4 --ipv6 --version --no-motd --open-noatime
      --checksum-choice= --delay-updates --chown= --usermap= --groupmap=
      --ignore-errors --force --max-delete= --no-inc-recursive --super --fake-super --iconv=
      --password-file=read`),
        ...flags(
          `--delete --del --delete-before --delete-during --delete-delay --delete-after
      --delete-excluded --delete-missing-args --remove-source-files`,
          { effects: ['DELETE'], reversibility: 'irreversible', risk_min: 900_000 },
        ),
        ...values('-e --rsh --rsync-path', 'program'),
        ...values('-M --remote-option', 'program'),
        ...flags('--daemon', LISTENS),
        ...values('--config', 'program'),
      },
      {
        effects: ['READ_REPO', 'WRITE_PATCH'],
        operands: lastAfter('destination', 'remote'),
        modes: [
          {
            names: ['-n', '--dry-run', '--list-only'],
            program: listed(
              'remote',
              {},
              {
                effects: ['READ_REPO'],
                unlisted: 'opaque',
                options: options(`-n --dry-run
      --list-only -a -v -r -z -h -P -i --delete --exclude= --stats --progress --itemize-changes`),
              },
            ),
          },
        ],
      },
    ),
  ),
  ...named(
    'nc ncat netcat nc.openbsd nc.traditional',
    listed(
      'text',
      {
        ...options(`-4 -6 -b -C -D -d -h -i= -I= -M= -m= -N -n -O= -P= -p= -q= -r -S -s= -T= -t -U -u -V= -v
      -w= -Z= -z --verbose --udp --wait= --send-only --recv-only --ssl --idle-timeout= -g= -G= -o=write
      --output=write -x=host -X= --proxy=host`),
        ...flags('-l -k --listen --keep-open --broker --chat', LISTENS),
        ...values(`-e -c --exec --sh-exec --lua-exec`, 'program', {
          findings: ['reverse_shell'],
          effects: ['EXECUTE_CODE'],
        }),
      },
      {
        effects: ['NETWORK_CALL', 'UPLOAD', 'DOWNLOAD'],
        operands: firstThen('host', 'text'),
        modes: [
          {
            names: ['-z'],
            program: listed('text', options('-z -v -n -w= -u -4 -6'), {
              ...LOOKS_UP,
              operands: firstThen('host', 'text'),
            }),
          },
        ],
      },
    ),
  ),
  ...named(
    'socat',
    listed('text', options('-d -u -U -v -x -T= -t= -ly -lf=write -V'), {
      effects: ['NETWORK_CALL', 'UPLOAD', 'DOWNLOAD'],
      special: (word) =>
        /exec|system|shell|pty/i.test(word)
          ? { use: 'program', effects: ['EXECUTE_CODE'] }
          : /listen|recv/i.test(word)
            ? { use: 'text', effects: ['LISTEN'] }
            : null,
    }),
  ),
};
