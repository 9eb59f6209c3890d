import {
  flags,
  harmless,
  listed,
  named,
  options,
  type Program,
  type Programs,
  tree,
  values,
} from './program.ts';
import {
  ASKS,
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

const RUNS_THERE: Partial<Program> = { effects: ['NETWORK_CALL', 'EXECUTE_CODE', 'CHANGE_CLOUD'] };
const DRY = ['--dry-run=client', '--dry-run=server'];
const TALK = options(`-A -w -R -k=inside -f=inside -n= -l= -o= -c= -L= --all-namespaces --watch --recursive
  --namespace= --selector= --output= --field-selector=
  --show-labels --no-headers --sort-by= --context= --cluster= --container= --since= --tail= --follow
  --timestamps --previous -p -h
  --filename=inside --kustomize=inside --record --wait --timeout= --cascade= --type= --patch=
  --replicas= --image= --port=
  --target-port= --for= --from-literal= --from-file=inside --dry-run? --server-side --field-manager=
  --overwrite --limits= --requests=
  --ignore-not-found --include-uninitialized --raw= --template= --show-managed-fields --prefix
  --max-log-requests=
  --to-revision= --revision= --min= --max= --cpu-percent= --name= --restart= --rm -i -t --stdin --tty
  --env= --command
  --labels= --ignore-daemonsets --delete-emptydir-data --disable-eviction --chunk-size= --subresource=
  --api-group= --namespaced= --verbs=`);
const PLAIN_OPTIONS = {
  ...TALK,
  ...values(
    `--kubeconfig --as --token --server -s --certificate-authority
  --insecure-skip-tls-verify`,
    'program',
  ),
};
const row = (change: Partial<Program>): Program => listed('text', PLAIN_OPTIONS, change);
const changes = (change: Partial<Program>): Program =>
  listed('text', PLAIN_OPTIONS, { ...change, modes: [{ names: DRY, program: row(ASKS) }] });
const DELETES: Program = listed(
  'text',
  {
    ...PLAIN_OPTIONS,
    ...flags('--all --force --now', { effects: ['DELETE'], findings: ['unbounded_change'] }),
    ...options('--grace-period='),
  },
  { ...DESTROYS_CLOUD, modes: [{ names: DRY, program: row(ASKS) }] },
);
const KUBECTL: Programs = {
  '': row({}),
  ...named(
    `get describe top explain api-resources api-versions cluster-info completion version diff events wait
    options`,
    row({
      ...ASKS,
      special: (word, at) =>
        at === 0 && /(?:^|,)secrets?(?:$|[,/])/.test(word)
          ? { use: 'text', effects: ['READ_SECRETS'] }
          : null,
    }),
  ),
  ...named('logs', row(ASKS)),
  ...named(
    `apply create replace patch edit set label annotate scale autoscale expose run`,
    changes(CHANGES_CLOUD),
  ),
  ...named('delete', DELETES),
  ...named('drain cordon uncordon taint', changes({ ...CHANGES_CLOUD })),
  ...named('exec debug attach', listed('text', PLAIN_OPTIONS, { ...RUNS_THERE, style: 'anywhere' })),
  ...named('cp', row({ effects: ['NETWORK_CALL', 'UPLOAD', 'DOWNLOAD', 'WRITE_PATCH'] })),
  ...named('port-forward proxy', row({ effects: ['NETWORK_CALL', 'LISTEN'] })),
  ...tree(
    'rollout',
    {
      ...named('status history', row(ASKS)),
      ...named(
        'restart undo pause resume',
        row({ ...DEPLOYS, effects: ['DEPLOY', 'NETWORK_CALL', 'CHANGE_CLOUD'] }),
      ),
    },
    PLAIN_OPTIONS,
  ),
  ...tree(
    'config',
    {
      ...plain('view get-contexts get-clusters get-users current-context', 'text', {
        effects: ['READ_CONFIG', 'READ_SECRETS'],
      }),
      ...plain(
        `use-context
    set-context set use unset delete-context delete-cluster set-cluster set-credentials rename-context`,
        'text',
        { effects: ['WRITE_OUTSIDE', 'PERSIST'] },
      ),
    },
    PLAIN_OPTIONS,
  ),
  ...tree(
    'auth',
    { ...named('can-i whoami', row(ASKS)), ...named('reconcile', changes(CHANGES_CLOUD)) },
    PLAIN_OPTIONS,
  ),
  ...named('kustomize', working('x', RUNS_WORKSPACE)['x'] ?? harmless('inside')),
  ...tree('certificate', {
    ...named('approve deny', row({ effects: ['NETWORK_CALL', 'CHANGE_CLOUD', 'ESCALATE_PRIVILEGE'] })),
  }),
};
const PLANS: Partial<Program> = {
  effects: ['READ_REPO', 'NETWORK_CALL', 'RUN_WORKSPACE_CODE'],
  reversibility: 'reversible',
};
const HELM_OPTIONS = `-n= -f=inside -o= -A --namespace= --values=inside --set= --set-string=
  --set-file=inside --version= --create-namespace --wait --atomic --timeout= --install -i
  --reuse-values --reset-values --output= --all --all-namespaces --devel --repo=url --kube-context=
  --history-max= --revision= --force --debug --keep-history --description= --skip-crds -q --short
  --max= -l= --dependency-update -u -d=write --destination=write --dry-run? --untar --untardir=write
  --show-only= -s= --name-template= -g --generate-name --cleanup-on-fail --no-hooks`;
const helm = (names: string, change: Partial<Program>): Programs =>
  known(names, 'inside', `${HELM_OPTIONS} --post-renderer=program --kubeconfig=program`, change);

/** Clusters and what is built from a description: what looks, what changes, what destroys. */
export const CLUSTERS: Programs = {
  ...tree('kubectl oc k3s-kubectl microk8s.kubectl', KUBECTL, PLAIN_OPTIONS),
  ...tree(
    'helm',
    {
      ...helm('list ls status history get show search template lint env version verify', ASKS),
      ...helm('install upgrade rollback', {
        ...DEPLOYS,
        effects: ['DEPLOY', 'NETWORK_CALL', 'CHANGE_CLOUD'],
        modes: [{ names: ['--dry-run'], program: harmless('inside', ASKS) }],
      }),
      ...helm('uninstall delete', DESTROYS_CLOUD),
      ...helm('pull fetch dependency dep', {
        effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_PATCH'],
        reversibility: 'reversible',
      }),
      ...helm('push', PUBLISHES),
      ...helm('package create', WRITES),
      ...helm('test', RUNS_THERE),
      ...tree('repo', {
        ...plain('list', 'text', LOOKS),
        ...plain('add update remove index', 'text', {
          effects: ['NETWORK_CALL', 'DOWNLOAD', 'WRITE_OUTSIDE'],
        }),
      }),
      ...tree('plugin', {
        ...plain('list', 'text', LOOKS),
        ...plain('install update uninstall', 'text', {
          effects: ['NETWORK_CALL', 'DOWNLOAD', 'EXECUTE_CODE', 'INSTALL'],
        }),
      }),
      ...plain('registry', 'text', { effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'] }),
    },
    { ...options(HELM_OPTIONS), ...values('--kubeconfig', 'program') },
  ),
  ...tree(
    'helmfile',
    {
      ...plain('list diff template lint status', 'text', PLANS),
      ...plain('apply sync', 'text', DEPLOYS),
      ...plain('destroy delete', 'text', DESTROYS_CLOUD),
    },
    options('-f=inside -e= -n= -l='),
  ),
  ...tree('minikube kind k3d microk8s colima', {
    ...plain('status list ip version profile get logs service', 'text', LOOKS),
    ...plain(
      `start create stop
    pause addons enable disable load`,
      'text',
      { effects: ['CONTROL_SYSTEM', 'NETWORK_CALL', 'DOWNLOAD'] },
    ),
    ...plain('delete reset', 'text', { ...DESTROYS_CLOUD, effects: ['DELETE', 'CONTROL_SYSTEM'] }),
  }),
  ...tree(
    'argocd flux kustomize istioctl linkerd eksctl kops velero skaffold nomad consul',
    {
      ...plain(
        `get list describe logs status diff version validate check build analyze proxy-status info
      history render monitor members`,
        'text',
        ASKS,
      ),
      ...plain(
        `create sync apply set update upgrade install bootstrap rollback run deploy dev scale
      restart reconcile resume suspend import`,
        'text',
        DEPLOYS,
      ),
      ...plain('delete destroy remove uninstall terminate stop purge', 'text', DESTROYS_CLOUD),
      ...plain('login logout', 'text', { effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'] }),
    },
    options('-n= --namespace= --context= -A -o= --output='),
    {
      other: listed(
        'text',
        {},
        {
          effects: [],
          style: 'first',
          by_verb: true,
          commands: {
            ...plain(
              `get list ls describe logs status diff info history show wait inspect validate`,
              'text',
              ASKS,
            ),
            ...plain(
              `create sync apply set update upgrade install rollback run deploy scale restart edit patch
        add put unset resume suspend promote`,
              'text',
              DEPLOYS,
            ),
            ...plain(
              `delete destroy remove uninstall terminate stop purge rm deregister`,
              'text',
              DESTROYS_CLOUD,
            ),
          },
        },
      ),
    },
  ),
  ...plain('k9s stern kubectx kubens kubent kubeval kubeconform popeye kube-score', 'text', ASKS),
};
