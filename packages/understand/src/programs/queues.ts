import { listed, named, options, type Program, type Programs, tree } from './program.ts';
import { ASKS, DESTROYS_DATA, known, plain } from './rows.ts';

const QUERY: Partial<Program> = { effects: ['NETWORK_CALL'], reversibility: 'reversible' };
const CHANGES: Partial<Program> = { effects: ['NETWORK_CALL', 'CHANGE_DATA'] };

/** Queues and streams of messages. */
export const QUEUES: Programs = {
  ...known(
    'kafka-topics kafka-topics.sh',
    'text',
    `--bootstrap-server=host --list --describe --create
    --alter --topic= --partitions= --replication-factor= --config= --if-not-exists --command-config=read
    --zookeeper=host --version`,
    {
      ...CHANGES,
      modes: [
        { names: ['--delete'], program: listed('text', {}, { ...DESTROYS_DATA, unlisted: 'harmless' }) },
        {
          names: ['--list', '--describe', '--version'],
          program: listed('text', {}, { ...QUERY, unlisted: 'harmless' }),
        },
      ],
      options: options(`--bootstrap-server=host --list --describe --create --alter --delete --topic=
      --partitions= --replication-factor= --config= --if-exists --if-not-exists --command-config=read
      --zookeeper=host --version`),
    },
  ),
  ...named(
    `kafka-consumer-groups kafka-consumer-groups.sh kafka-acls kafka-configs kafka-configs.sh
      kafka-acls.sh`,
    listed(
      'text',
      options(`--bootstrap-server=host
    --list --describe --delete --reset-offsets --delete-offsets --execute --dry-run --group=
    --topic= --all-topics
    --all-groups --to-earliest --to-latest --to-offset= --alter --add --remove --add-config=
    --delete-config= --entity-type= --entity-name= --allow-principal= --operation= --command-config=read
    --members --state --verbose --force --to-datetime= --shift-by=`),
      {
        ...CHANGES,
        modes: [
          {
            names: ['--delete', '--remove', '--delete-config', '--execute', '--delete-offsets'],
            program: listed('text', {}, { ...DESTROYS_DATA, unlisted: 'harmless' }),
          },
          {
            names: ['--list', '--describe', '--dry-run'],
            program: listed('text', {}, { ...QUERY, unlisted: 'harmless' }),
          },
        ],
      },
    ),
  ),
  ...plain(
    `kafka-delete-records kafka-delete-records.sh kafka-leader-election kafka-reassign-partitions
    kafka-storage`,
    'text',
    DESTROYS_DATA,
  ),
  ...plain(
    `kafka-console-consumer kafka-console-consumer.sh kafka-broker-api-versions kafka-get-offsets
    kafka-dump-log kafkacat`,
    'text',
    QUERY,
  ),
  ...plain('kafka-console-producer kafka-console-producer.sh', 'text', CHANGES),
  ...tree(
    'rabbitmqctl rabbitmqadmin rabbitmq-diagnostics',
    {
      ...plain(
        `status list list_queues list_exchanges list_bindings list_users list_vhosts
      list_connections list_channels list_consumers list_permissions list_policies cluster_status
      node_health_check report environment ping show`,
        'text',
        ASKS,
      ),
      ...plain(
        `add_user add_vhost set_permissions set_policy set_user_tags change_password declare publish
      set_parameter trace_on start_app join_cluster enable_feature_flag sync_queue export import`,
        'text',
        CHANGES,
      ),
      ...plain(
        `delete delete_queue delete_user delete_vhost delete_exchange purge_queue purge
      clear_permissions clear_policy clear_parameter forget_cluster_node force_reset stop stop_app
      shutdown close_connection close_all_connections`,
        'text',
        DESTROYS_DATA,
      ),
    },
    options(`-n= -p= -q --node= --vhost= -H=host -P= -u= --username= --password=secret -V= -f= --format=
    --host=host --port= -t= --timeout= --quiet --silent -s`),
  ),
  ...tree(
    'nats',
    {
      ...plain('sub subscribe rtt latency account-info ping events', 'text', QUERY),
      ...plain('pub publish request req reply bench', 'text', CHANGES),
      ...tree('stream str consumer con kv bucket object obj server account', {
        ...plain(
          `ls list info report get view state history status watch find graph ping next`,
          'text',
          QUERY,
        ),
        ...plain('add create put edit update copy restore backup import set', 'text', CHANGES),
        ...plain('rm del delete purge rmm rmi', 'text', DESTROYS_DATA),
      }),
      ...plain('context schema', 'text', ASKS),
    },
    options('-s=host --server=host --creds=read --context= --user= --password=secret --timeout='),
  ),
  ...plain('mosquitto_sub', 'text', QUERY),
  ...plain('mosquitto_pub', 'text', CHANGES),
};
