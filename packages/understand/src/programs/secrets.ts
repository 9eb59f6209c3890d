import { listed, named, options, type Program, type Programs, tree } from './program.ts';
import { ASKS, ASKS_SECRETS, CHANGES_CLOUD, DESTROYS_CLOUD, known, LOOKS, plain } from './rows.ts';

const READS: Partial<Program> = { effects: ['READ_SECRETS'] };
const STORES: Partial<Program> = { effects: ['READ_SECRETS', 'WRITE_OUTSIDE'] };
const RUNS_WITH: Partial<Program> = { effects: ['READ_SECRETS', 'NETWORK_CALL', 'EXECUTE_CODE'] };
const GPG = `-a -o=write -r= -u= -q -v --armor --output=write --recipient= --local-user= --batch --yes
  --no-tty --quiet --verbose --homedir=place --keyserver=host
  --pinentry-mode= --passphrase=secret --passphrase-file=read --passphrase-fd= --cipher-algo=
  --trust-model= --with-colons --keyid-format= --fingerprint --status-fd= --no-default-keyring
  --keyring=read`;
const GPG_MODES = `-d -e -c -s -b -k -K --decrypt --encrypt --symmetric --sign --detach-sign --clearsign
  --clear-sign --verify --list-keys --list-secret-keys --list-packets --import --export
  --export-secret-keys --export-secret-subkeys --gen-key --full-generate-key --quick-generate-key
  --delete-keys --delete-secret-keys --recv-keys --send-keys --search-keys --edit-key --dearmor
  --enarmor --print-md --version`;

/** What keeps secrets, and what makes or uses keys. */
export const SECRET_STORES: Programs = {
  ...tree(
    'pass gopass',
    {
      '': listed('text', {}, READS),
      ...plain('ls find list', 'text', READS),
      ...plain('show grep otp', 'text', READS),
      ...plain(
        `insert generate edit
    add init cp mv`,
        'text',
        STORES,
      ),
      ...plain('rm', 'text', DESTROYS_CLOUD),
      ...plain('git', 'text', { effects: ['NETWORK_CALL', 'UPLOAD', 'READ_SECRETS'] }),
    },
    {},
    { other: listed('text', {}, READS) },
  ),
  ...tree(
    'vault bao openbao',
    {
      ...plain('status version path-help list', 'text', ASKS),
      ...plain('read unwrap print', 'text', ASKS_SECRETS),
      ...plain(`write login auth policy token lease enable patch tune agent server debug`, 'text', {
        effects: ['NETWORK_CALL', 'READ_SECRETS', 'CHANGE_CLOUD'],
      }),
      ...plain('delete destroy revoke', 'text', DESTROYS_CLOUD),
      ...tree('kv secrets auth policy token lease operator audit namespace plugin transit pki', {
        ...plain('list status lookup capabilities members', 'text', ASKS),
        ...plain('get read metadata', 'text', ASKS_SECRETS),
        ...plain(
          `put patch write
      create enable renew tune undelete rollback move init unseal rekey rotate`,
          'text',
          { effects: ['NETWORK_CALL', 'READ_SECRETS', 'CHANGE_CLOUD'] },
        ),
        ...plain('delete destroy disable revoke seal step-down', 'text', DESTROYS_CLOUD),
      }),
    },
    options('-address== -namespace== -format== -token==secret -field=='),
  ),
  ...tree(
    'op',
    {
      ...plain('whoami signin signout --version completion update', 'text', ASKS),
      ...tree('item document vault user group account connect service-account events-api', {
        ...plain('list ls', 'text', ASKS),
        ...plain('get share', 'text', ASKS_SECRETS),
        ...plain(
          `create edit add move
      provision confirm suspend reactivate grant revoke invite`,
          'text',
          { effects: ['NETWORK_CALL', 'READ_SECRETS', 'CHANGE_CLOUD'] },
        ),
        ...plain('delete forget remove', 'text', DESTROYS_CLOUD),
      }),
      ...plain('read inject', 'text', ASKS_SECRETS),
      ...plain('run', 'text', RUNS_WITH),
    },
    options('--account= --vault= --format= --session=secret'),
  ),
  ...tree(
    'doppler infisical chamber bw lpass dashlane akeyless teller',
    {
      ...plain(
        `list ls status me logs activity changelog projects environments configs whoami sync lock`,
        'text',
        ASKS,
      ),
      ...plain('get show read export download unlock login configure', 'text', ASKS_SECRETS),
      ...plain(`set upload update create edit write add import`, 'text', {
        effects: ['NETWORK_CALL', 'READ_SECRETS', 'CHANGE_CLOUD'],
      }),
      ...plain('delete remove revoke rm destroy purge', 'text', DESTROYS_CLOUD),
      ...plain('run exec', 'text', RUNS_WITH),
      ...tree('secrets projects environments configs service-tokens folders tokens', {
        '': listed('text', {}, ASKS_SECRETS),
        ...plain('list ls logs notes names', 'text', ASKS),
        ...plain('get download substitute', 'text', ASKS_SECRETS),
        ...plain(`set upload update create rename clone lock unlock rollback`, 'text', CHANGES_CLOUD),
        ...plain('delete revoke remove', 'text', DESTROYS_CLOUD),
      }),
    },
    options('-p= -c= --project= --config= --json --silent --token=secret -y --yes'),
  ),
  ...plain(
    `security secret-tool keyring kwallet-query keyctl dbus-secret ssh-add keybase cmdkey`,
    'text',
    READS,
  ),
  ...tree(
    'sops age-plugin',
    {
      ...plain('decrypt edit exec-env exec-file', 'read', READS),
      ...plain('encrypt rotate updatekeys', 'read', { effects: ['WRITE_PATCH'] }),
    },
    options(`-d -e -i --decrypt
    --encrypt --in-place`),
    { other: listed('read', options('-d -e -i'), READS) },
  ),
  ...known(
    'age',
    'read',
    `-d -e -p -a -r= -R=read -i=read -o=write --decrypt --encrypt --recipient=
    --identity=read --output=write --armor --passphrase`,
    {
      ...LOOKS,
      effects: ['READ_REPO'],
      modes: [
        {
          names: ['-d', '--decrypt'],
          program: listed(
            'read',
            options('-d --decrypt -i=read --identity=read -o=write --output=write'),
            READS,
          ),
        },
      ],
    },
  ),
  ...named(
    'gpg gpg2',
    listed('read', options(`${GPG} ${GPG_MODES}`), {
      effects: ['READ_REPO'],
      modes: [
        {
          names: ['--export-secret-keys', '--export-secret-subkeys', '-d', '--decrypt'],
          program: listed('read', options(`${GPG} ${GPG_MODES}`), READS),
        },
        {
          names: ['--delete-keys', '--delete-secret-keys'],
          program: listed('text', options(`${GPG} ${GPG_MODES}`), {
            effects: ['DELETE', 'DESTROY_DATA'],
            reversibility: 'irreversible',
          }),
        },
        {
          names: ['--recv-keys', '--send-keys', '--search-keys'],
          program: listed('text', options(`${GPG} ${GPG_MODES}`), {
            effects: ['NETWORK_CALL', 'DOWNLOAD', 'UPLOAD'],
          }),
        },
        {
          names: ['--import', '--gen-key', '--full-generate-key', '--quick-generate-key', '--edit-key'],
          program: listed('read', options(`${GPG} ${GPG_MODES}`), STORES),
        },
      ],
    }),
  ),
  ...tree('openssl', {
    ...plain('version ciphers list help speed prime errstr', 'text', LOOKS),
    ...plain('rand', 'text', {
      ...LOOKS,
      style: 'words',
      options: options('-out=write -writerand=write -base64 -hex'),
    }),
    ...named(
      `x509 req verify dgst crl asn1parse enc pkcs12 pkey rsa ec genrsa genpkey ecparam dhparam passwd
        base64 sha256 md5 pkcs8 pkcs7 cms smime ts ocsp pkeyutl rsautl`,
      listed(
        'text',
        options(`-in=read -out=write
      -keyout=write -inkey=read
      -key=read -CA=read -CAkey=read
      -signkey=read -cert=read
      -certfile=read -CAfile=read
      -untrusted=read -noout -text -subject -issuer -dates -serial -fingerprint -modulus -pubkey
      -pubin -pubout -nodes -noenc -new -newkey= -x509 -days= -subj= -addext= -extfile=read
      -sha256 -sha1 -sha512 -md5 -base64 -a -A -d -e -salt -pbkdf2 -iter= -aes-256-cbc
      -aes-128-cbc -aes256 -k=secret -K=secret -iv= -pass=secret -passin=secret -passout=secret
      -inform= -outform= -hex -binary
      -sign=read -verify=read -signature=read -export -name= -enddate -startdate -checkend= -ext=
      -purpose -nokeys -nocerts -clcerts -algorithm= -pkeyopt= -genkey -name -6 -1 -5 -apr1 -stdin
      -hash -hmac= -r -check -config=program -extensions= -reqexts= -CAcreateserial -batch
      -text_pub -text`),
        { effects: ['READ_REPO'], style: 'words', operands: () => 'read' },
      ),
    ),
    ...known(
      's_client',
      'host',
      `-connect=host -servername= -showcerts -tls1_2 -tls1_3 -verify=
      -CAfile=read -cert=read -key=read -brief -quiet -starttls= -alpn= -status`,
      { effects: ['NETWORK_CALL', 'UPLOAD'], style: 'words' },
    ),
    ...plain('s_server s_time', 'text', { effects: ['LISTEN', 'NETWORK_CALL'] }),
  }),
  ...known(
    'ssh-keygen',
    'text',
    `-t= -b= -C= -N=secret -f=write -q -v -a= -m= -y -l -L -F= -H -E=
    -P=secret -s=read -I= -n= -V= -z= -e -i -B -A -R= -c -p -o -Y= -D=program -w=program`,
    {
      effects: ['WRITE_PATCH'],
      modes: [
        {
          names: ['-y', '-e', '-p'],
          program: listed(
            'text',
            options(`-y -e -p -f=read -m= -P=secret
      -N=secret`),
            READS,
          ),
        },
        {
          names: ['-l', '-L', '-F', '-B'],
          program: listed('text', options('-l -L -F= -B -f=read -E= -v'), LOOKS),
        },
      ],
    },
  ),
  ...plain('ssh-copy-id', 'host', { effects: ['NETWORK_CALL', 'UPLOAD', 'PERSIST', 'ESCALATE_PRIVILEGE'] }),
  ...plain(`certbot acme.sh step mkcert cfssl easyrsa keytool certutil`, 'text', {
    effects: ['NETWORK_CALL', 'READ_SECRETS', 'WRITE_OUTSIDE'],
  }),
  ...plain('htpasswd', 'text', { effects: ['WRITE_PATCH'] }),
  ...plain('ccrypt ccencrypt ccdecrypt mcrypt aescrypt', 'lose', { effects: ['WRITE_PATCH', 'DELETE'] }),
  ...plain('ldapsearch ldapwhoami', 'text', ASKS),
  ...plain(`ldapadd ldapmodify ldapdelete ldappasswd ldapmodrdn samba-tool kadmin kadmin.local`, 'text', {
    effects: ['NETWORK_CALL', 'ESCALATE_PRIVILEGE', 'CHANGE_DATA'],
  }),
  ...known('sshpass', 'command', `-p=secret -f=read -d= -e -P= -v`, {
    effects: ['READ_SECRETS'],
    style: 'first',
  }),
  ...plain('cosign minisign signify notation', 'text', { effects: ['READ_SECRETS', 'NETWORK_CALL'] }),
  ...plain(
    `john hashcat hydra medusa mimikatz hashdump responder crackmapexec netexec msfconsole
    msfvenom sqlmap nikto gobuster ffuf dirb wfuzz aircrack-ng bettercap ettercap lazagne
    impacket-secretsdump secretsdump.py evil-winrm beef setoolkit`,
    'text',
    { effects: ['READ_SECRETS', 'NETWORK_CALL', 'EXECUTE_CODE', 'ESCALATE_PRIVILEGE', 'CAPTURE'] },
  ),
};
