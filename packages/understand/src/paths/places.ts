import type { Scene } from '@writ/contract';
import { lowerAscii } from '../detection/characters.ts';
import { isInWorkspace, isTemporary, isWithin, lexicalPath } from './lexical.ts';

/** Names of files and directories that hold credentials, wherever they lie. */
export const SECRET_NAMES: ReadonlySet<string> = words(`
  .aws .azure .docker .env .git-credentials .gnupg .kube .netrc .npmrc .password-store .pgpass .pypirc .ssh
  .vault-token _netrc credentials environ gshadow id_dsa id_ecdsa id_ed25519 id_rsa keyrings shadow sudoers`);
const SECRET_BEGINNINGS: readonly string[] = ['.env.'];
const SECRET_ENDINGS: readonly string[] = ['.jks', '.kdbx', '.key', '.keystore', '.p12', '.pem', '.pfx'];

/** What is written here runs later by itself. */
const LASTING_NAMES: ReadonlySet<string> = words(`
  .bash_login .bash_logout .bash_profile .bashrc .curlrc .envrc .gitconfig .profile .wgetrc .zlogin .zprofile
  .zshenv .zshrc
  authorized_keys autostart cron.d cron.daily cron.hourly cron.monthly cron.weekly crontab init.d
  launchagents launchdaemons ld.so.preload profile.d rc.local sudoers sudoers.d systemd udev`);
const LASTING_PLACES: readonly string[] = ['.git/config', '.git/hooks'];

const HARMLESS_DEVICES: ReadonlySet<string> = words(`
  /dev/fd /dev/null /dev/random /dev/stderr /dev/stdin /dev/stdout /dev/tty /dev/urandom /dev/zero`);

/** Whether reading a file of this name means reading a secret, as far as a name can say. */
export function holdsSecrets(path: string): boolean {
  return namesIn(path).some(
    (name) =>
      SECRET_NAMES.has(name) ||
      SECRET_BEGINNINGS.some((beginning) => name.startsWith(beginning)) ||
      SECRET_ENDINGS.some((ending) => name.endsWith(ending)),
  );
}

export function isLastingPlace(path: string): boolean {
  const low = `/${namesIn(path).join('/')}/`;
  return (
    namesIn(path).some((name) => LASTING_NAMES.has(name)) ||
    LASTING_PLACES.some((place) => low.includes(`/${place}/`))
  );
}

/** What nobody can miss losing: the whole of something, and what a shell would make more than one name of. */
export function isGrave(path: string, scene: Scene | null): boolean {
  return /[*?[\]{}$`]/.test(path) || isWhole(path, scene);
}

/** Everything, a home, a place of work or what stands above it, a history, a device. */
export function isWhole(path: string, scene: Scene | null): boolean {
  const names = namesIn(path);
  if (path === '.' || names.at(-1) === '..' || (names.length === 1 && path.startsWith('~'))) return true;
  if (names.at(-1) === '.git' || (scene !== null && isWithin(scene.directory, path))) return true;
  return path.startsWith('/') && (names.length < 2 || isHome(names) || isDevice(path));
}

/** `/home/somebody`, `/Users/somebody`. */
function isHome(names: readonly string[]): boolean {
  return names.length === 2 && (names[0] === 'home' || names[0] === 'users');
}

/** What nobody would miss: below a temporary place, and neither where the work is done nor above it. */
export function isScratch(path: string, scene: Scene | null): boolean {
  if (!isTemporary(path)) return false;
  if (scene === null) return true;
  return !isInWorkspace(path, scene) && !scene.roots.some((root) => isWithin(lexicalPath(root, null), path));
}

/** What stands for hardware: a disk, not the waste bin. */
export function isDevice(path: string): boolean {
  return path.startsWith('/dev/') && ![...HARMLESS_DEVICES].some((device) => isWithin(path, device));
}

/** File systems that do not tell cases apart would open the same file. */
function namesIn(path: string): readonly string[] {
  return lowerAscii(path)
    .split('/')
    .filter((name) => name !== '');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
