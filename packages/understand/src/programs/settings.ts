import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';
import { textOf, type Value } from '../shell/value.ts';
import { wordSet } from '../word-set.ts';
import type { Start } from './gathering.ts';

/** Variables by which later programs run other code than they would. */
const RUNNING: ReadonlySet<string> = wordSet(`
  BASH_ENV BASH_XTRACEFD BROWSER CDPATH EDITOR ENV EXECIGNORE FCEDIT GIT_ASKPASS GIT_CONFIG_COUNT
  GIT_CONFIG_GLOBAL GIT_CONFIG_PARAMETERS GIT_CONFIG_SYSTEM GIT_EDITOR GIT_EXEC_PATH GIT_EXTERNAL_DIFF
  GIT_PAGER GIT_PROXY_COMMAND GIT_SEQUENCE_EDITOR GIT_SSH GIT_SSH_COMMAND GIT_TEMPLATE_DIR GOFLAGS
  JAVA_TOOL_OPTIONS LESSCLOSE LESSOPEN LESSSECURE LUA_INIT MAKEFLAGS MANPAGER NODE_OPTIONS NODE_PATH
  NPM_CONFIG_SCRIPT_SHELL PAGER PATH PERL5DB PERL5LIB PERL5OPT PERLLIB PROMPT_COMMAND PS0 PS1 PS2 PS3
  PS4 PYTHONHOME PYTHONINSPECT PYTHONPATH PYTHONSTARTUP RUBYLIB RUBYOPT RUSTC_WRAPPER RUSTFLAGS SHELL
  SHELLOPTS BASHOPTS SSH_ASKPASS SUDO_ASKPASS SUDO_EDITOR SYSTEMD_EDITOR TAR_OPTIONS TERMINFO VISUAL
  XDG_CONFIG_HOME ZDOTDIR CLASSPATH PYTHONBREAKPOINT PYTHONWARNINGS npm_config_script_shell GCONV_PATH
  LOCPATH HOSTALIASES MANOPT JAVA_OPTS _JAVA_OPTIONS BAT_PAGER CARGO_HOME CC CURL_CA_BUNDLE CURL_HOME CXX
  DELTA_PAGER DOCKER_CONFIG DOCKER_HOST GEM_HOME GEM_PATH BUNDLE_GEMFILE GOENV GONOSUMDB GONOSUMCHECK GOPROXY
  GOROOT GOSUMDB GRADLE_USER_HOME HOME INPUTRC KUBECONFIG MAKEFILES MANPATH NODE_EXTRA_CA_CERTS
  NODE_TLS_REJECT_UNAUTHORIZED REQUESTS_CA_BUNDLE RSYNC_CONNECT_PROG RUSTC RUSTDOC RUSTUP_HOME SSL_CERT_DIR
  SSL_CERT_FILE WGETRC XDG_CONFIG_DIRS XDG_DATA_DIRS ZIPOPT PERL5SHELL FZF_DEFAULT_COMMAND TMUX_TMPDIR`);
const RUNNING_BEGINNINGS: readonly string[] = [
  'LD_',
  'DYLD_',
  'GIT_CONFIG_KEY_',
  'GIT_CONFIG_VALUE_',
  'BASH_FUNC_',
  'GIT_',
  'LESS',
];
/** Of what begins so, or ends so, most says where code comes from, or what runs beside it. */
const RUNNING_FORMS: readonly RegExp[] = [
  /_proxy$/i,
  /(?:_RSH|_OPTS|_OPTIONS|_WRAPPER|_LINKER|_RUNNER|_REGISTRY|_INDEX_URL|_FIND_LINKS|_ENDPOINT_URL)$/i,
  /^(?:npm|pnpm|yarn|bun)_(?:config_)?.*(?:registry|shell|prefix|config|node_options)$/i,
  /^(?:npm|pnpm|yarn|bun)_(?:config_)?.*(?:path|cache|git|scripts)$/i,
  /^(?:pip|uv|poetry)_.*(?:url|index|config|find_links|python|target|trusted_host|cert)$/i,
];
/** Who did it, and how much is said or asked. */
const HARMLESS_FORMS =
  /^(?:GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)|GIT_(?:TERMINAL_PROMPT|OPTIONAL_LOCKS)|LESSCHARSET)$/;
/** A proxy that is none. */
const NO_PROXY = /^no_proxy$/i;
/** What a pager or an editor may be without running anything of its own. */
const HARMLESS_VALUES: ReadonlySet<string> = new Set([
  'cat',
  'true',
  ':',
  '',
  '/bin/bash',
  '/bin/sh',
  '/usr/bin/bash',
]);
const QUIETED: ReadonlySet<string> = wordSet(`
  EDITOR GIT_EDITOR GIT_PAGER MANPAGER PAGER SHELL VISUAL GIT_SEQUENCE_EDITOR BROWSER GIT_ASKPASS
  SSH_ASKPASS`);
const TRACES: ReadonlySet<string> = new Set([
  'HISTFILE',
  'HISTFILESIZE',
  'HISTSIZE',
  'HISTCONTROL',
  'HISTIGNORE',
]);

/** What it means that a variable gets a value, of the shell or of one program. */
export function assignedMeaning(name: string, value: Value, start: Start): Meaning {
  if (TRACES.has(name)) return { ...NOTHING, effects: ['HIDE_TRACES'] };
  if (!isRunning(name)) return NOTHING;
  const text = textOf(value);
  if (QUIETED.has(name) && text !== null && HARMLESS_VALUES.has(text)) return NOTHING;
  return joinMeanings([start.whole, { ...foundAt('opaque', ''), effects: ['EXECUTE_CODE'] }]);
}

function isRunning(name: string): boolean {
  if (HARMLESS_FORMS.test(name) || NO_PROXY.test(name)) return false;
  return (
    RUNNING.has(name) ||
    RUNNING_BEGINNINGS.some((beginning) => name.startsWith(beginning)) ||
    RUNNING_FORMS.some((form) => form.test(name))
  );
}
