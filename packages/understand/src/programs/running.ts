import { attached, flags, listed, named, type Program, type Programs, values } from './program.ts';

/** Code that nobody here has read may do all that the tool may do. */
const CODE: Partial<Program> = {
  effects: ['EXECUTE_CODE'],
  style: 'first',
  input: 'code',
  // What stands behind the script is the script's own.
  operands: (at) => (at === 0 ? 'script' : 'text'),
};

/** Programs that run code or other programs. */
export const RUNNING: Programs = {
  ...named(
    'python python2 python3',
    listed(
      'script',
      { ...flags('-B -E -I -O -s -u'), ...values('-m', 'program'), ...values('-c', 'code') },
      CODE,
    ),
  ),
  ...named('perl ruby php lua', listed('script', { ...flags('-n -w'), ...values('-e -r', 'code') }, CODE)),
  ...named(
    'node nodejs',
    listed('script', { ...flags('--test --check'), ...values('-e -p --eval --print', 'code') }, CODE),
  ),
  ...named('npm npx', listed('text', flags('-s --silent'), { effects: ['EXECUTE_CODE'], runs: true })),
  ...named(
    'curl',
    listed(
      'url',
      {
        ...flags(`-# -4 -6 -f -G -g -I -i -L -k -N -S -s -v --compressed --fail --get --head --http1.1 --http2
          --include --insecure --ipv4 --ipv6 --location --no-buffer --show-error --silent --verbose`),
        ...values('-A -e -m -r --connect-timeout --max-time --range --referer --retry --user-agent'),
        ...values('-X --request', 'text', { effects: ['UPLOAD'] }),
        ...values('-H -u --header --user', 'send'),
        ...values('-d -F --data --data-ascii --data-binary --form --json', 'send', {
          effects: ['UPLOAD'],
        }),
        ...values('--data-raw --form-string', 'text', { effects: ['UPLOAD'] }),
        ...values('-T --upload-file', 'read', { effects: ['UPLOAD'] }),
        ...values('-o --output', 'write'),
        ...flags('-O --remote-name', { effects: ['WRITE_PATCH'] }),
        ...values('--url', 'url'),
      },
      { effects: ['NETWORK_CALL', 'DOWNLOAD'] },
    ),
  ),
  ...named(
    'wget',
    listed(
      'url',
      {
        ...flags('-4 -6 -c -N -q -S -v --continue --no-verbose --quiet --spider --timestamping --verbose'),
        ...values('-t -T -U --timeout --tries --user-agent --wait'),
        ...values('--header', 'text'),
        ...values('-O -P --directory-prefix --output-document', 'write'),
        ...values('--method --body-data --post-data', 'text', { effects: ['UPLOAD'] }),
        ...values('--body-file --post-file', 'read', { effects: ['UPLOAD'] }),
        ...attached('--show-progress'),
      },
      { effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'] },
    ),
  ),
};
