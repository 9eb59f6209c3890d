import {
  listed,
  named,
  options,
  type Program,
  type Programs,
  RISK_DESTROYS,
  tree,
  values,
} from './program.ts';
import { ASKS, DESTROYS_DATA, firstThen, known, LOOKS_AT_HOST, plain } from './rows.ts';

/** A session that reads what it shall do from its input may do anything to the data. */
const SESSION: Partial<Program> = { effects: ['NETWORK_CALL', 'CHANGE_DATA'] };
const QUERY: Partial<Program> = { effects: ['NETWORK_CALL'], reversibility: 'reversible' };
const DUMPS: Partial<Program> = { effects: ['NETWORK_CALL', 'READ_CONFIG', 'WRITE_PATCH'] };
const RESTORES: Partial<Program> = {
  effects: ['NETWORK_CALL', 'CHANGE_DATA', 'DESTROY_DATA'],
  reversibility: 'irreversible',
};
const CHANGES: Partial<Program> = { effects: ['NETWORK_CALL', 'CHANGE_DATA'] };
const POSTGRES = `-h=host -p= -U= -d= -w -W -q -v= -X -A -t -x -E -e -a -b -1 -n -F= -P= -R= -H -l
  --host=host --port= --username= --dbname= --no-password --password
  --quiet --no-psqlrc --tuples-only --expanded --csv --html --list --echo-all --single-transaction
  --set= --variable= --pset= -V --version`;
const psql: Program = listed(
  'text',
  {
    ...options(POSTGRES),
    ...options(`-o=write --output=write -L=write
  --log-file=write`),
    ...values('-c --command', 'sql'),
    ...values('-f --file', 'script'),
  },
  {
    ...SESSION,
    modes: [
      {
        names: ['-c', '--command', '-l', '--list'],
        program: listed(
          'text',
          {
            ...options(POSTGRES),
            ...options('-o=write --output=write'),
            ...values('-c --command', 'sql'),
            ...values('-f --file', 'script'),
          },
          QUERY,
        ),
      },
    ],
  },
);
const MYSQL = `-h=host -P= -u= -p? -D= -N -B -s -t -v -f -A -C -E -H -X -r -G --host=host --port= --user=
  --password? --database= --batch --silent --table --verbose --force
  --skip-column-names --raw --protocol= --socket= -S= --ssl-mode= --default-character-set= --vertical
  -V --version --connect-timeout= --local-infile=program --login-path= --defaults-file=program
  --init-command=sql`;
const mysql: Program = listed(
  'text',
  { ...options(MYSQL), ...values('-e --execute', 'sql') },
  {
    ...SESSION,
    modes: [
      {
        names: ['-e', '--execute'],
        program: listed('text', { ...options(MYSQL), ...values('-e --execute', 'sql') }, QUERY),
      },
    ],
  },
);
const REDIS_READS = `get mget keys scan exists type ttl pttl strlen getrange hget hgetall hkeys hvals
  hlen hexists llen lrange lindex scard smembers sismember zcard zrange zscore zrank info ping dbsize
  time object memory client slowlog latency command echo xlen xrange xinfo lastsave role pubsub getbit
  bitcount randomkey dump sscan hscan zscan monitor`;
const REDIS_CHANGES = `set mset setex setnx append incr decr incrby decrby hset hmset hdel lpush rpush
  lpop rpop lset sadd srem zadd zrem expire persist publish xadd rename getset bgsave save bgrewriteaof
  select restore copy move`;
const capital = (names: string): string =>
  `${names} ${names.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32))}`;
const mongo: Program = listed(
  'text',
  {
    ...options(`--quiet --host=host --port= -u= -p=secret --username=
  --password=secret --authenticationDatabase= --norc --nodb --tls --json? --version`),
    ...values('--eval', 'code'),
    ...values('-f --file', 'script'),
  },
  SESSION,
);
const DOT_LOOKS =
  /^\.(?:tables|schema|indexes|databases|dbinfo|mode|headers|show|help|dump|fullschema)\b[^|]*$/;
const SERVER: Partial<Program> = { effects: ['LISTEN', 'CONTROL_SYSTEM'] };

/** Databases, and queues beside them: what asks, what changes, what destroys. */
export const DATABASES: Programs = {
  ...named('psql pgcli', psql),
  ...named('mysql mariadb mycli', mysql),
  ...named(
    'sqlite3 sqlite duckdb',
    listed(
      'unknown',
      {
        ...options(`-json -csv -line -column -header
    -noheader -html -list -quote -table -box -markdown -batch -bail -readonly -version -separator=
    -nullvalue= -echo -init=script -safe`),
        ...values('-cmd -c', 'sql'),
      },
      {
        effects: ['READ_REPO'],
        style: 'words',
        operands: firstThen('read', 'sql'),
        // Without a statement it reads them from its input.
        special: (word, at, count) =>
          count === 1
            ? { use: 'read', effects: ['CHANGE_DATA'] }
            : at > 0 && word.startsWith('.')
              ? {
                  use: DOT_LOOKS.test(word) ? 'text' : 'unknown',
                  effects: [],
                }
              : null,
      },
    ),
  ),
  ...named('mongosh mongo', mongo),
  ...tree(
    'redis-cli valkey-cli keydb-cli',
    {
      '': listed('text', {}, SESSION),
      ...plain(capital(REDIS_READS), 'text', QUERY),
      ...plain(capital(REDIS_CHANGES), 'text', CHANGES),
      ...plain(capital('del unlink'), 'text', {
        effects: ['NETWORK_CALL', 'DELETE', 'CHANGE_DATA'],
        reversibility: 'irreversible',
      }),
      ...plain(capital(`flushall flushdb shutdown swapdb`), 'text', {
        ...DESTROYS_DATA,
        findings: ['unbounded_change'],
      }),
      ...plain(
        capital(`config eval evalsha script function module debug slaveof replicaof migrate acl
      cluster`),
        'text',
        { effects: ['NETWORK_CALL', 'EXECUTE_CODE', 'CHANGE_DATA', 'CONTROL_SYSTEM'] },
      ),
    },
    options(`-h=host -p= -a=secret -n= -u= --user= --pass=secret --raw --no-raw --csv --json -c --tls
    --no-auth-warning --scan --pattern= --bigkeys --memkeys --stat --latency -r= -i= -x -2 -3 --askpass
    --version`),
  ),
  ...known(
    'clickhouse-client clickhouse',
    'text',
    `-h=host --host=host --port= -u= --user=
    --password=secret -d= --database= -m -n --multiquery --format= -q=sql --query=sql
    --queries-file=script`,
    SESSION,
  ),
  ...known(
    'cqlsh sqlcmd bcp usql trino presto beeline snowsql isql sqlplus db2 cockroach influxql',
    'text',
    `-S=host -U=
    -P=secret -d= -Q=sql -q=sql -e=sql --execute=sql -h=host -u= -p=secret -i=script -f=script -v -b -k=`,
    SESSION,
  ),
  ...plain('pg_dump pg_dumpall mysqldump mariadb-dump mongodump mongoexport redis-dump', 'text', {
    ...DUMPS,
    options: options(`-f=write
    --file=write -o=write --out=write --result-file=write -r=write -h=host --host=host`),
  }),
  ...plain('pg_restore mongorestore mongoimport mysqlimport', 'read', RESTORES),
  ...plain('dropdb dropuser', 'text', { ...DESTROYS_DATA }),
  ...plain(
    `createdb createuser initdb vacuumdb reindexdb clusterdb pg_upgrade mysql_upgrade`,
    'text',
    CHANGES,
  ),
  ...tree(
    'mysqladmin mariadb-admin',
    {
      ...plain('status ping version processlist variables extended-status', 'text', QUERY),
      ...plain('create flush-privileges refresh reload kill password', 'text', CHANGES),
      ...plain('drop', 'text', DESTROYS_DATA),
      ...plain('shutdown', 'text', { effects: ['CONTROL_SYSTEM'] }),
    },
    options(`${MYSQL} -f`),
  ),
  ...tree(
    'pg_ctl pg_ctlcluster',
    {
      ...plain('status', 'text', LOOKS_AT_HOST),
      ...plain(
        `start stop restart
    reload promote init initdb`,
        'text',
        { effects: ['CONTROL_SYSTEM'] },
      ),
    },
    options('-D=list -l=write -w -m='),
  ),
  ...plain('pg_isready pg_config pg_controldata pg_lsclusters mysqlshow', 'text', ASKS),
  ...plain('pg_resetwal pg_dropcluster', 'text', { ...DESTROYS_DATA, risk_min: RISK_DESTROYS }),
  ...plain(
    `mongod mysqld mariadbd postgres redis-server memcached clickhouse-server etcd influxd`,
    'text',
    SERVER,
  ),
  ...tree(
    'etcdctl',
    {
      ...plain('get member endpoint version watch', 'text', ASKS),
      ...plain('put lease lock txn', 'text', CHANGES),
      ...plain('del', 'text', DESTROYS_DATA),
      ...plain('snapshot', 'text', DUMPS),
    },
    options(`--endpoints=
    --cert=read --key=read --cacert=read --user=`),
  ),
};
