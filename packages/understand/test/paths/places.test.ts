import { describe, expect, it } from 'vitest';
import { isBuildingPlace, isLastingPlace } from '../../src/paths/lasting-places.ts';
import { isScratch } from '../../src/paths/places.ts';
import { holdsSecrets } from '../../src/paths/secret-places.ts';
import { SCENE } from '../understanding.ts';

const lines = (text: string): readonly string[] => text.trim().split(/\s+/);

const SECRETS = lines(`
  .env .env.local .env.production config/.ENV ~/.aws/credentials /home/a/.ssh/id_ed25519 ~/.kube/config
  ~/.docker/config.json ~/.netrc ~/.pgpass ~/.npmrc ~/.config/gh/hosts.yml
  ~/.config/gcloud/credentials.db ~/.config/rclone/rclone.conf terraform.tfstate certs/server.key
  certs/server.pem keys/app.p12 wallet.dat /etc/shadow /etc/sudoers /proc/self/environ ~/.bash_history
  ~/.zsh_history ~/.gnupg/secring.gpg ~/.mozilla/firefox/x/logins.json
  ~/.config/google-chrome/Default/Cookies config/master.key secrets.yaml /run/secrets/token
  ~/Library/Keychains/login.keychain-db ~/.m2/settings.xml ~/.codex/auth.json`);
const OPEN = lines(`
  .env.example .env.sample .env.template .env.dist ~/.ssh/id_ed25519.pub ~/.ssh/known_hosts
  ~/.ssh/config ~/.aws/config certs/server.crt certs/fullchain.pem certs/ca.pem src/shadow/root.ts
  docs/credentials/index.md src/environ/read.ts src/cookies/index.ts config/hosts.yml src/auth.json
  package.json README.md .environment tests/fixtures/public.pem src/keyboard.ts`);
const LASTING = lines(`
  ~/.bashrc ~/.zshrc .envrc .git/hooks/pre-commit .git/config ~/.gitconfig .husky/pre-push
  .github/workflows/ci.yml .gitlab-ci.yml Jenkinsfile .vscode/tasks.json .vscode/settings.json
  .idea/workspace.xml .pre-commit-config.yaml .npmrc .yarnrc.yml ~/.ssh/authorized_keys ~/.ssh/rc
  /etc/ld.so.preload /etc/profile.d/x.sh /etc/cron.d/x /etc/systemd/system/x.service
  ~/.config/systemd/user/x.timer ~/.config/autostart/x.desktop ~/Library/LaunchAgents/x.plist
  .claude/settings.json .mcp.json .cursor/mcp.json .devcontainer/devcontainer.json
  venv/lib/python3/site-packages/x.pth sitecustomize.py ~/.local/bin/x /usr/local/bin/x ~/.vimrc`);
const BUILDING = lines(`
  package.json packages/a/package.json Makefile justfile conftest.py setup.py pyproject.toml tox.ini
  Dockerfile vite.config.ts eslint.config.mjs Cargo.toml .cargo/config.toml build.rs build.gradle.kts
  pom.xml CMakeLists.txt docker-compose.yml Rakefile Gemfile .gitattributes x.gemspec`);
const PLAIN = lines(`
  src/main.ts README.md docs/makefile-notes.md test/main.test.ts src/config.ts src/package.ts
  data/x.json x.service notes.plist systemd.md src/profile/index.ts`);

describe('holdsSecrets()', () => {
  it.each(SECRETS)('holdsSecrets() knows %s', (path) => expect(holdsSecrets(path)).toBe(true));
  it.each(OPEN)('holdsSecrets() lets everybody see %s', (path) => expect(holdsSecrets(path)).toBe(false));
});

describe('isLastingPlace()', () => {
  it.each(LASTING)('isLastingPlace() knows that %s runs by itself', (path) => {
    expect(isLastingPlace(path)).toBe(true);
  });
  it.each([...BUILDING, ...PLAIN])('isLastingPlace() knows that %s does not', (path) => {
    expect(isLastingPlace(path)).toBe(false);
  });
});

describe('isBuildingPlace()', () => {
  it.each(BUILDING)('isBuildingPlace() knows that %s runs with a build', (path) => {
    expect(isBuildingPlace(path)).toBe(true);
  });
  it.each(PLAIN)('isBuildingPlace() takes %s for what it is', (path) => {
    expect(isBuildingPlace(path)).toBe(false);
  });
});

describe('isScratch()', () => {
  it("isScratch() takes what lies below a temporary place for nobody's loss", () => {
    expect(lines('/tmp/a /var/tmp/a/b').every((path) => isScratch(path, null))).toBe(true);
    expect(lines('/tmp /var/tmp /tmpfiles/a /srv/tmp/a tmp/a').some((path) => isScratch(path, null))).toBe(
      false,
    );
  });

  it('isScratch() takes no workspace for it, nor what stands above one', () => {
    const scene = { ...SCENE, directory: '/tmp/work/project', roots: ['/tmp/work/project'] };
    expect(
      lines('/tmp/work/project/a /tmp/work/project /tmp/work').some((path) => isScratch(path, scene)),
    ).toBe(false);
    expect(isScratch('/tmp/other', scene)).toBe(true);
  });
});
