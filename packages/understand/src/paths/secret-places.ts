import { wordSet } from '../word-set.ts';
import { hasPlace, namesIn } from './names.ts';

/** Directories all of whose content is kept from others. */
export const SECRET_DIRECTORIES: ReadonlySet<string> = wordSet(`
  .aws .azure .bitcoin .docker .electrum .ethereum .gnupg .kube .mozilla .oci .password-store .pki .ssh
  .thunderbird .vault keychains keyrings kwalletd`);
/** Names of files that hold credentials, wherever they lie. */
const SECRET_FILES: ReadonlySet<string> = wordSet(`
  .authinfo .authinfo.gpg .bash_history .boto .databrickscfg .dockercfg .env .fetchmailrc
  .git-credentials .histfile .htpasswd .mylogin.cnf .my.cnf .msmtprc .mysql_history .netrc
  .node_repl_history .npmrc .pgpass .psql_history .pypirc .python_history .rediscli_history .s3cfg
  .secrets .sh_history .sqlite_history .terraformrc .vault-token .yarnrc.yml .zsh_history _netrc
  accesstokens.json access_tokens.db application_default_credentials.json auth.json
  consolehost_history.txt cookies cookies.sqlite credentials credentials.db credentials.json
  credentials.toml credentials.tfrc.json environ fish_history gshadow gshadow- hosts.yml id_dsa id_ecdsa
  id_ecdsa_sk id_ed25519 id_ed25519_sk id_rsa key3.db key4.db krb5.keytab kubeconfig login.keychain
  login.keychain-db logins.json master.key master.passwd msal_token_cache.bin msal_token_cache.json
  ntds.dit opasswd rclone.conf secrets.json secrets.toml secrets.yaml secrets.yml service-account.json
  service_account.json shadow shadow- sudoers terraform.tfstate terraform.tfstate.backup wallet.dat`);
const SECRET_PLACES: readonly string[] = [
  '.config/chromium',
  '.config/doctl',
  '.config/gcloud',
  '.config/gh',
  '.config/glab-cli',
  '.config/google-chrome',
  '.config/hub',
  '.config/op',
  '.config/rclone',
  '.config/solana',
  '.config/sops',
  '.config/writ',
  '.gem/credentials',
  '.local/state/writ',
  '.gradle/gradle.properties',
  '.m2/settings.xml',
  '.subversion/auth',
  'etc/kubernetes',
  'etc/shadow',
  'etc/ssl/private',
  'etc/sudoers.d',
  'etc/wireguard',
  'library/application support/firefox',
  'library/application support/google/chrome',
  'run/secrets',
  'system32/config',
  'var/lib/sss/secrets',
];
const SECRET_BEGINNINGS: readonly string[] = ['.env.', '.credentials'];
export const SECRET_ENDINGS: readonly string[] = [
  '.agekey',
  '.jks',
  '.kdb',
  '.kdbx',
  '.key',
  '.keystore',
  '.keytab',
  '.ovpn',
  '.p12',
  '.p8',
  '.pem',
  '.pfx',
  '.ppk',
  '.tfstate',
];

/** What anybody may see though its name or its place looks otherwise. */
const PUBLIC_FILES: ReadonlySet<string> = wordSet(`
  .env.defaults .env.dist .env.example .env.sample .env.schema .env.template authorized_keys
  ca-bundle.pem ca.pem cacert.pem cert.pem certificate.pem chain.pem fullchain.pem known_hosts
  known_hosts.old pub.pem pubkey.pem public.pem pubring.kbx`);
const PUBLIC_ENDINGS: readonly string[] = ['.cer', '.crt', '.csr', '.pub', '.pub.pem', '-cert.pem'];
const PUBLIC_PLACES: readonly string[] = ['.aws/config', '.docker/daemon.json', '.ssh/config'];
/** Files that are secret where they belong, and code or documents elsewhere. */
const BELONGING: Readonly<Record<string, RegExp>> = {
  'auth.json': /\/(?:\.[a-z-]+|containers)\/auth\.json$/,
  cookies: /\/(?:default|profile[^/]*|network)\/cookies$/,
  environ: /^\/proc\//,
  'hosts.yml': /\/gh\/hosts\.yml$/,
  shadow: /\/etc\/shadow$/,
  sudoers: /\/etc\/sudoers$/,
};

/** Who has an account on a machine, and in which groups: read by programs all day, looked at by a thief. */
const ACCOUNT_FILES: ReadonlySet<string> = wordSet(`
  etc/group etc/group- etc/passwd etc/passwd- private/etc/group private/etc/passwd`);
/** Names that say by themselves that something is a store of secrets. */
export const SECRET_STORES: ReadonlySet<string> = new Set(
  [...SECRET_FILES].filter((name) => !Object.hasOwn(BELONGING, name)),
);

/** Every name of a file or a directory for which a path is searched. */
export const SECRET_NAMES: ReadonlySet<string> = new Set([...SECRET_DIRECTORIES, ...SECRET_FILES]);

/** Whether reading a file of this name means reading a secret, as far as a name can say. */
export function holdsSecrets(path: string): boolean {
  const names = namesIn(path);
  const last = names.at(-1) ?? '';
  if (PUBLIC_FILES.has(last) || PUBLIC_ENDINGS.some((ending) => last.endsWith(ending))) return false;
  if (hasPlace(names, PUBLIC_PLACES)) return false;
  return (
    names.some((name) => SECRET_DIRECTORIES.has(name)) ||
    isSecretFile(last, names) ||
    (path.startsWith('/') && ACCOUNT_FILES.has(names.join('/'))) ||
    hasPlace(names, SECRET_PLACES)
  );
}

function isSecretFile(last: string, names: readonly string[]): boolean {
  if (SECRET_FILES.has(last)) {
    const belonging = Object.hasOwn(BELONGING, last) ? BELONGING[last] : undefined;
    return belonging === undefined || names.length === 1 || belonging.test(`/${names.join('/')}`);
  }
  return (
    SECRET_BEGINNINGS.some((beginning) => last.startsWith(beginning)) ||
    SECRET_ENDINGS.some((ending) => last.endsWith(ending))
  );
}
