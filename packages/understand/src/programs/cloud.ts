import { BUCKETS } from './copies.ts';
import { harmless, listed, options, type Program, type Programs, tree } from './program.ts';
import { ASKS, ASKS_SECRETS, DEPLOYS, DESTROYS_CLOUD, LOOKS_AT_HOST, plain } from './rows.ts';
import { VERBS } from './verbs.ts';

const SECRETS: Programs = plain(
  `get-secret-value get-secret get-parameter get-parameters decrypt
  get-password-data get-login-password get-session-token get-federation-token get-authorization-token
  assume-role export-credentials versions-access access print-access-token
  print-identity-token get-access-token list-keys keys generate-data-key`,
  'text',
  ASKS_SECRETS,
);
const LOGIN: Programs = plain(`login logout configure init sso`, 'text', {
  effects: ['NETWORK_CALL', 'READ_SECRETS', 'PERSIST'],
});

const KEYS: Programs = plain(
  `create-access-key create-login-profile create-service-specific-credential
  create-key`,
  'text',
  {
    effects: ['READ_SECRETS', 'ESCALATE_PRIVILEGE', 'NETWORK_CALL', 'CHANGE_CLOUD'],
  },
);
const verbs: Programs = { ...VERBS, ...SECRETS, ...KEYS };

/** `nouns` words may stand before the verb. Options between them are those of the list. */
function cloud(names: string, nouns: number, list: string, special: Programs = {}, first = verbs): Programs {
  const before = options(list);
  const level = (left: number): Program =>
    listed('text', before, {
      effects: [],
      style: 'first',
      by_verb: true,
      commands: verbs,
      other: left === 0 ? null : level(left - 1),
    });
  return tree(names, { '': harmless('text'), ...first, ...LOGIN, ...special }, before, {
    by_verb: true,
    other: level(nouns - 1),
  });
}

const AWS = `--region= --profile= --output= --query= --no-cli-pager --no-paginate --debug --no-verify-ssl
  --endpoint-url=url --color= --cli-read-timeout= --cli-connect-timeout= --version --no-sign-request
  --page-size= --max-items=`;
const GCLOUD = `--project= --format= --quiet -q --verbosity= --region= --zone= --account=
  --configuration= --filter= --limit= --version --impersonate-service-account= --location= --async`;
const AZ = `--subscription= --output= -o= --query= --only-show-errors --verbose --debug -g=
  --resource-group= --version -n= --name= --help -h`;
const USUAL = `-h --help --version -v -V -q --quiet --json --yes -y --debug --verbose --token=secret
  -t=secret --profile= -p= --project= --org= -o= --output= --format= -a= --app= --region= -r= --team=
  --scope= --api-key=secret --no-color --config=read -c=read --account= --env= -e= --context=
  --access-token=secret --cwd=place`;
/** Clouds by the grammar of their commands: reading, changing, destroying, and what hands out secrets. */
export const CLOUD: Programs = {
  ...cloud(
    'aws',
    1,
    AWS,
    {
      ...tree('s3', BUCKETS, options(AWS)),
      ...tree('configure', {
        '': harmless('text', { effects: ['READ_SECRETS', 'PERSIST'] }),
        ...plain('list list-profiles', 'text', LOOKS_AT_HOST),
        ...plain('get export-credentials', 'text', { effects: ['READ_SECRETS'] }),
        ...plain('set import sso add-model', 'text', { effects: ['PERSIST', 'WRITE_OUTSIDE'] }),
      }),
    },
    {},
  ),
  ...cloud(
    'gcloud',
    5,
    GCLOUD,
    {
      ...tree('storage', BUCKETS, options(GCLOUD)),
      ...tree('config', {
        ...plain('list get get-value', 'text', LOOKS_AT_HOST),
        ...plain('set unset configurations', 'text', { effects: ['WRITE_OUTSIDE'] }),
      }),
      ...plain('info version', 'text', LOOKS_AT_HOST),
    },
    {},
  ),
  ...cloud('az', 5, AZ, {}, {}),
  ...cloud(
    `doctl ibmcloud oci linode-cli hcloud scw exo openstack aliyun tccli yc vultr-cli civo upctl
    ovhcloud cloudctl`,
    4,
    USUAL,
  ),
  ...cloud(
    `heroku fly flyctl railway render vercel netlify wrangler firebase supabase neonctl neon
    pscale planetscale turso dokku cf koyeb northflank amplify serverless sls sam copilot eb surge now
    deployctl gigalixir upsun clever scalingo zeabur stackit convex modal runpodctl`,
    3,
    USUAL,
    {
      ...plain('dev serve local emulators', 'text', {
        effects: ['RUN_WORKSPACE_CODE', 'LISTEN', 'NETWORK_CALL'],
      }),
      ...plain('build package generate types', 'text', { effects: ['RUN_WORKSPACE_CODE', 'BUILD_ARTIFACT'] }),
      '': harmless('text', DEPLOYS),
    },
  ),
  ...cloud('stripe paypal square razorpay adyen braintree shopify twilio sendgrid mailgun', 3, USUAL, {
    ...plain('listen', 'text', { effects: ['NETWORK_CALL', 'LISTEN'] }),
    ...tree(`refund payout charge charges payouts refunds transfers payment_intents`, {
      ...verbs,
      ...plain('create confirm capture update', 'text', {
        effects: ['NETWORK_CALL', 'CHANGE_CLOUD', 'SPEND_MONEY'],
        reversibility: 'irreversible',
      }),
    }),
  }),
  ...cloud(
    `cloudflare cloudflared flarectl fastly akamai cloudfront bunny dnscontrol route53 cli53
    godaddy namecheap gandi lexicon`,
    3,
    USUAL,
  ),
  ...cloud('ldcli launchdarkly unleash flagsmith growthbook statsig posthog', 3, USUAL),
  ...cloud(
    `datadog datadog-ci newrelic sentry-cli sentry honeycomb grafana-cli grafana pagerduty pd
    opsgenie statuspage betterstack prometheus promtool amtool influx logcli honeybadger rollbar
    bugsnag-cli splunk checkly`,
    3,
    USUAL,
  ),
  ...cloud(
    'jenkins-cli jenkins-cli.jar',
    1,
    `-s=url -auth=secret -http -webSocket -ssh -user= -i=read`,
    plain('who-am-i', 'text', ASKS),
  ),
  ...cloud(
    `circleci gitlab-runner buildkite-agent drone travis bk teamcity tkn
    woodpecker-cli cirrus appveyor harness`,
    3,
    USUAL,
    { ...plain('verify validate config lint', 'text', ASKS), ...plain('unregister', 'text', DESTROYS_CLOUD) },
  ),
  ...cloud(
    `jira linear trello asana notion slack slackcat discord confluence atlas-cli acli monday
    clickup`,
    3,
    USUAL,
    plain('send post message comment', 'text', { effects: ['NETWORK_CALL', 'SEND_NOTIFICATION'] }),
  ),
  ...cloud(
    `algolia meilisearch typesense elasticsearch-cli contentful sanity strapi okta auth0 keycloak
    kcadm.sh snyk sonar-scanner dagster airflow prefect snow bq databricks`,
    3,
    USUAL,
  ),
};
