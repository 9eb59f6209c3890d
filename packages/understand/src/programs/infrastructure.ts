import { harmless, listed, named, options, type Program, type Programs, tree } from './program.ts';
import {
  ASKS,
  ASKS_SECRETS,
  CHANGES_CLOUD,
  DEPLOYS,
  DESTROYS_CLOUD,
  known,
  LOOKS,
  PUBLISHES,
  plain,
  RUNS_WORKSPACE,
  WRITES,
  working,
} from './rows.ts';

const TERRAFORM = options(`-chdir==place -version -help -json -no-color -input== -lock== -lock-timeout==
  -refresh== -parallelism== -target== -var== -compact-warnings -detailed-exitcode -out==write
  -var-file==inside -state==inside -upgrade -reconfigure -migrate-state -recursive -check -diff -write==
  -auto-approve -destroy -force-copy -backend== -backend-config==inside -refresh-only -replace== -raw
  -allow-missing -plugin-dir==program -var= -target=`);
const PLANS: Partial<Program> = {
  effects: ['READ_REPO', 'NETWORK_CALL', 'RUN_WORKSPACE_CODE'],
  reversibility: 'reversible',
};
const tf = (change: Partial<Program>): Program => listed('inside', TERRAFORM, { ...change, style: 'words' });
const TERRAFORM_COMMANDS: Programs = {
  '': tf({}),
  ...named('plan validate show output graph providers version console get refresh test', tf(PLANS)),
  ...named('fmt', tf({ ...WRITES, reversibility: 'reversible' })),
  ...named(
    'init',
    tf({
      effects: ['READ_REPO', 'NETWORK_CALL', 'DOWNLOAD', 'INSTALL', 'RUN_WORKSPACE_CODE'],
      reversibility: 'reversible',
    }),
  ),
  ...named(
    'apply',
    tf({
      ...DEPLOYS,
      effects: ['DEPLOY', 'NETWORK_CALL', 'RUN_WORKSPACE_CODE', 'CHANGE_CLOUD'],
      modes: [{ names: ['-destroy'], program: tf(DESTROYS_CLOUD) }],
    }),
  ),
  ...named('destroy', tf(DESTROYS_CLOUD)),
  ...named('import taint untaint', tf(CHANGES_CLOUD)),
  ...tree(
    'state',
    {
      ...named('list show pull', tf({ ...PLANS, effects: ['READ_REPO', 'NETWORK_CALL', 'READ_SECRETS'] })),
      ...named('rm mv push replace-provider', tf(DESTROYS_CLOUD)),
    },
    TERRAFORM,
  ),
  ...tree(
    'workspace',
    {
      ...named('list show select', tf(PLANS)),
      ...named('new', tf(CHANGES_CLOUD)),
      ...named('delete', tf(DESTROYS_CLOUD)),
    },
    TERRAFORM,
  ),
  ...named('force-unlock', tf(CHANGES_CLOUD)),
  ...named('login logout', tf({ effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'] })),
};
const PULUMI: Programs = {
  ...plain('preview whoami version about logs', 'text', PLANS),
  ...plain('up update import refresh', 'text', DEPLOYS),
  ...plain('destroy cancel', 'text', DESTROYS_CLOUD),
  ...tree('stack', {
    '': harmless('text', PLANS),
    ...plain('ls output select history graph', 'text', PLANS),
    ...plain('init tag rename', 'text', CHANGES_CLOUD),
    ...plain('export', 'text', ASKS_SECRETS),
    ...plain('rm import', 'text', DESTROYS_CLOUD),
  }),
  ...tree('config', {
    '': harmless('text', ASKS),
    ...plain('get', 'text', ASKS_SECRETS),
    ...plain('set rm', 'text', WRITES),
  }),
  ...plain('new', 'text', { effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH', 'EXECUTE_CODE'] }),
  ...plain('login logout', 'text', { effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'] }),
};

/** What is built from a description of it. */
export const INFRASTRUCTURE: Programs = {
  ...tree('terraform tofu terragrunt', TERRAFORM_COMMANDS, TERRAFORM, { style: 'words first' }),
  ...tree('pulumi', PULUMI, options('-C=place --cwd=place -s= --stack= -y --yes --non-interactive')),
  ...tree('cdk cdktf', {
    ...plain(`list ls synth synthesize diff doctor docs`, 'text', PLANS),
    ...plain('deploy bootstrap', 'text', DEPLOYS),
    ...plain('destroy', 'text', DESTROYS_CLOUD),
    ...plain('init', 'text', WRITES),
  }),
  ...working(`ansible-playbook ansible ansible-pull`, {
    effects: ['NETWORK_CALL', 'EXECUTE_CODE', 'CHANGE_CLOUD', 'DEPLOY', 'RUN_WORKSPACE_CODE'],
    modes: [
      {
        names: ['--syntax-check', '--list-tasks', '--list-hosts', '--list-tags', '--version'],
        program: harmless('inside', LOOKS),
      },
    ],
  }),
  ...plain('ansible-inventory ansible-doc ansible-config', 'inside', RUNS_WORKSPACE),
  ...tree('ansible-galaxy', {
    ...plain('list search info', 'text', ASKS),
    ...plain('install', 'text', { effects: ['NETWORK_CALL', 'DOWNLOAD', 'INSTALL', 'WRITE_OUTSIDE'] }),
    ...plain('init remove', 'text', WRITES),
    ...tree('collection role', {
      ...plain('list search info verify', 'text', ASKS),
      ...plain('install download', 'text', {
        effects: ['NETWORK_CALL', 'DOWNLOAD', 'INSTALL', 'WRITE_OUTSIDE'],
      }),
      ...plain('init build remove', 'text', WRITES),
      ...plain('publish', 'text', PUBLISHES),
    }),
  }),
  ...known('ansible-vault', 'inside', `--vault-password-file=read --output=write`, {
    effects: ['READ_SECRETS', 'WRITE_PATCH'],
  }),
  ...tree('vagrant', {
    ...plain(`status global-status version validate port ssh-config`, 'text', LOOKS),
    ...plain('up reload resume provision ssh rdp', 'text', {
      effects: ['RUN_WORKSPACE_CODE', 'CONTROL_SYSTEM', 'NETWORK_CALL', 'DOWNLOAD'],
    }),
    ...plain('halt suspend', 'text', { effects: ['CONTROL_SYSTEM'] }),
    ...plain('destroy', 'text', DESTROYS_CLOUD),
    ...plain('init', 'text', WRITES),
  }),
  ...tree('packer', {
    ...plain('validate inspect version fmt', 'inside', PLANS),
    ...plain('build init', 'inside', DEPLOYS),
  }),
};
