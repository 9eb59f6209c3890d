import {
  flags,
  listed,
  named,
  type Options,
  options,
  type Program,
  type Programs,
  RISK_DESTROYS,
  tree,
  values,
} from './program.ts';
import { ASKS, known, LOOKS, LOOKS_AT_HOST, PUBLISHES, plain, RUNS_WORKSPACE, WRITES } from './rows.ts';

/** A container runs what its image holds, and reaches as far as it is let. */
const RUNS: Partial<Program> = { effects: ['EXECUTE_CODE', 'CONTROL_SYSTEM', 'NETWORK_CALL', 'DOWNLOAD'] };
const CONTROLS: Partial<Program> = { effects: ['CONTROL_SYSTEM'], reversibility: 'reversible' };
const DESTROYS: Partial<Program> = {
  effects: ['DELETE', 'CONTROL_SYSTEM'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
};
const HOLDS_DATA: Partial<Program> = { ...DESTROYS, effects: ['DELETE', 'CONTROL_SYSTEM', 'DESTROY_DATA'] };
const LOSING = {
  effects: ['DELETE', 'DESTROY_DATA'],
  reversibility: 'irreversible',
  risk_min: RISK_DESTROYS,
} as const;
/** What opens the host to the container. */
const OPENS = { effects: ['ESCALATE_PRIVILEGE'] } as const;
const RUN: Options = {
  ...options(`-d -i -t -P --rm --init --detach --interactive --tty --read-only --no-healthcheck --quiet -q
    --name= -w= --workdir=
    -u= --user= -l= --label= -h= --hostname= -m= --memory= --memory-swap= --cpus= --cpu-shares=
    --shm-size= --platform=
    --pull= --restart= --network= --net= --network-alias= --dns= --add-host= --expose=
    --stop-timeout= --stop-signal=
    --ulimit= --log-driver= --log-opt= --health-cmd= --entrypoint=text --env-file=read --gpus=
    --tmpfs= --cidfile=write
    --link= --mac-address= --ip= --detach-keys= --publish-all --pids-limit= --group-add=
    --annotation= --cgroupns=
    --cap-drop= --index= --no-trunc --attach= -a= --sig-proxy= --oom-kill-disable`),
  ...values('-e --env', 'text'),
  ...values('-p --publish', 'text', { effects: ['LISTEN'] }),
  ...values('-v --volume --mount --volumes-from --device', 'text', OPENS),
  ...values(
    `--cap-add --security-opt --pid --ipc --uts --userns --cgroup-parent --device-cgroup-rule
    --sysctl --runtime`,
    'text',
    OPENS,
  ),
  ...options(''),
};
const PRIVILEGED = flags('--privileged', { effects: ['ESCALATE_PRIVILEGE'], risk_min: RISK_DESTROYS });
const run: Program = listed(
  'text',
  { ...RUN, ...PRIVILEGED },
  { ...RUNS, style: 'first', operands: (at) => (at === 0 ? 'image' : 'text') },
);
const exec: Program = listed(
  'text',
  { ...RUN, ...PRIVILEGED },
  { effects: ['EXECUTE_CODE', 'CONTROL_SYSTEM'], style: 'first' },
);
const build: Program = listed(
  'inside',
  options(`-q -t= -f=inside --file=inside --tag= --build-arg=
  --target= --platform= --no-cache --pull --progress= --load
  --rm --force-rm
  --label= --cache-from= --cache-to= --secret=read --ssh=program --network= --iidfile=write -o=write
  --output=write --squash --build-context=inside --provenance= --sbom=`),
  {
    effects: ['READ_REPO', 'BUILD_ARTIFACT', 'RUN_WORKSPACE_CODE', 'NETWORK_CALL', 'DOWNLOAD'],
    reversibility: 'reversible',
  },
);
const LOGIN: Partial<Program> = { effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'] };
const OBJECTS: Programs = {
  ...plain('ls list inspect history port stats top df info', 'text', LOOKS_AT_HOST),
  ...plain('create connect disconnect tag rename update', 'text', CONTROLS),
};
const COMPOSE: Programs = {
  ...plain('ps ls logs config images top port version events convert', 'text', LOOKS_AT_HOST),
  ...named(
    'up create start restart run exec',
    listed(
      'text',
      options(`-d -t -T -i -V --build --detach
    --force-recreate --no-deps --no-build --no-start --remove-orphans --rm --wait --pull= --scale= -u=
    -e= -w= --entrypoint= --name= --quiet-pull --abort-on-container-exit --exit-code-from= --no-recreate
    --no-color --no-log-prefix --watch -p= --publish= -v= --volume= --user= --workdir= --service-ports`),
      {
        effects: ['RUN_WORKSPACE_CODE', 'CONTROL_SYSTEM', 'NETWORK_CALL', 'DOWNLOAD', 'LISTEN'],
        style: 'first',
      },
    ),
  ),
  ...plain('stop pause unpause kill scale', 'service', CONTROLS),
  ...named(
    'down rm',
    listed(
      'service',
      {
        ...options(`-s -f -t= --stop --force --remove-orphans
    --timeout=`),
        ...flags('-v --volumes', LOSING),
        ...values('--rmi', 'text', { effects: ['DELETE'] }),
      },
      { effects: ['CONTROL_SYSTEM', 'DELETE'] },
    ),
  ),
  ...named('build', build),
  ...plain('pull', 'service', { effects: ['NETWORK_CALL', 'DOWNLOAD'], reversibility: 'reversible' }),
  ...plain('push publish', 'service', PUBLISHES),
  ...plain('cp', 'text', WRITES),
  ...plain('watch', 'text', RUNS_WORKSPACE),
};
const COMPOSE_OPTIONS = options(`-f=inside --file=inside -p= --project-name= --profile= --env-file=read
  --project-directory=place --ansi= --progress= --compatibility --dry-run --parallel=`);

/** Containers: what looks, what runs, what is lost with a volume. */
export const CONTAINERS: Programs = {
  ...tree(
    'docker podman nerdctl finch',
    {
      '': listed('text', {}),
      ...plain(
        `ps images logs inspect stats top port diff history version info events search help`,
        'text',
        LOOKS_AT_HOST,
      ),
      ...named('run create', run),
      ...named('exec', exec),
      ...named('build', build),
      ...plain('pull', 'image', { effects: ['NETWORK_CALL', 'DOWNLOAD'], reversibility: 'reversible' }),
      ...plain('push', 'image', PUBLISHES),
      ...plain('tag start restart unpause pause wait attach rename update commit', 'text', CONTROLS),
      ...plain('stop kill', 'text', { ...CONTROLS, reversibility: 'unknown' }),
      ...known('rm', 'text', '-f -v -l --force --volumes --link', DESTROYS),
      ...known('rmi', 'image', '-f --force --no-prune', { effects: ['DELETE', 'CONTROL_SYSTEM'] }),
      ...known('cp', 'text', `-a -L -q --archive --follow-link`, { effects: ['READ_CONFIG', 'WRITE_PATCH'] }),
      ...known('save export', 'text', '-o=write --output=write', { effects: ['WRITE_PATCH'] }),
      ...known('load import', 'text', '-i=read --input=read -q --quiet', CONTROLS),
      ...plain('login logout', 'text', LOGIN),
      ...tree('compose', COMPOSE, COMPOSE_OPTIONS),
      ...tree('buildx', {
        ...named('build b', build),
        ...plain('ls inspect du version', 'text', LOOKS_AT_HOST),
        ...plain('create use bake imagetools', 'text', CONTROLS),
        ...plain('rm prune stop', 'text', DESTROYS),
      }),
      ...tree('builder', { ...named('build', build), ...plain('prune', 'text', { effects: ['DELETE'] }) }),
      ...tree('container', {
        ...OBJECTS,
        ...named('run', run),
        ...named('exec', exec),
        ...plain('start stop restart kill pause', 'text', CONTROLS),
        ...plain('rm prune', 'text', DESTROYS),
        ...plain('logs', 'text', LOOKS_AT_HOST),
      }),
      ...tree('image', {
        ...OBJECTS,
        ...named('build', build),
        ...plain('pull', 'image', ASKS),
        ...plain('push', 'image', PUBLISHES),
        ...plain('rm prune', 'image', { effects: ['DELETE', 'CONTROL_SYSTEM'] }),
      }),
      ...tree('volume', { ...OBJECTS, ...plain('rm prune', 'text', HOLDS_DATA) }),
      ...tree('network context', {
        ...OBJECTS,
        ...plain('show', 'text', LOOKS_AT_HOST),
        ...plain('use', 'text', CONTROLS),
        ...plain('rm prune', 'text', DESTROYS),
      }),
      ...tree('system', {
        ...plain('df info events', 'text', LOOKS_AT_HOST),
        ...plain('prune reset', 'text', HOLDS_DATA),
      }),
      ...tree('swarm service stack node secret config plugin trust', {
        ...OBJECTS,
        ...plain('ps logs services', 'text', LOOKS_AT_HOST),
        ...plain(
          `init join leave
      deploy scale promote demote rollback install enable disable`,
          'text',
          { effects: ['CONTROL_SYSTEM', 'DEPLOY'] },
        ),
        ...plain('rm remove', 'text', DESTROYS),
      }),
      ...tree('manifest', {
        ...plain('inspect', 'text', ASKS),
        ...plain('create annotate', 'text', CONTROLS),
        ...plain('push', 'text', PUBLISHES),
      }),
      ...tree('machine', {
        ...OBJECTS,
        ...plain('start stop init set', 'text', CONTROLS),
        ...plain('rm reset', 'text', DESTROYS),
      }),
    },
    {
      ...options('-D -v --debug --version -l= --log-level= --help'),
      ...values('-c --context', 'text'),
      ...values(
        `-H --host --config
    --url --connection --storage-opt --root`,
        'program',
      ),
    },
  ),
  ...tree('docker-compose podman-compose', COMPOSE, COMPOSE_OPTIONS),
  ...tree('ctr crictl', {
    ...plain(`ps images pods logs inspect info version stats`, 'text', LOOKS_AT_HOST),
    ...plain('rm rmi rmp stop', 'text', DESTROYS),
    ...plain('exec run pull', 'text', RUNS),
  }),
  ...tree('buildah', {
    ...plain(`images containers inspect version info`, 'text', LOOKS_AT_HOST),
    ...named('bud build', build),
    ...plain('run from', 'text', RUNS),
    ...plain('rm rmi prune', 'text', DESTROYS),
    ...plain('push', 'text', PUBLISHES),
  }),
  ...tree('skopeo crane', {
    ...plain(`inspect list-tags ls manifest digest config validate`, 'text', ASKS),
    ...plain('copy push sync tag mutate append', 'text', PUBLISHES),
    ...plain('delete', 'text', { ...DESTROYS, effects: ['DELETE', 'NETWORK_CALL', 'CHANGE_CLOUD'] }),
    ...plain('pull export', 'text', WRITES),
  }),
  ...plain('lazydocker dive ctop', 'text', LOOKS_AT_HOST),
  ...plain('trivy grype syft docker-scout', 'inside', {
    ...LOOKS,
    effects: ['READ_REPO', 'NETWORK_CALL'],
    reversibility: 'reversible',
  }),
  ...named(
    `lxc-attach systemd-nspawn machinectl`,
    listed('program', {}, { effects: ['EXECUTE_CODE', 'ESCALATE_PRIVILEGE', 'CONTROL_SYSTEM'] }),
  ),
};
