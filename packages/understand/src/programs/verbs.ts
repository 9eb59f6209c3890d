import type { Programs } from './program.ts';
import { ASKS, CHANGES_CLOUD, DEPLOYS, DESTROYS_CLOUD, plain } from './rows.ts';

/** Verbs that clouds share. What stands behind one is data, whatever its options are. */
export const VERBS: Programs = {
  ...plain(
    `list ls describe get show status info view read search query count check test-connection whoami
    version help logs log
    tail history head exists validate estimate preview diff explain lookup batch-get scan select
    wait top events metrics
    dry-run simulate lint inspect ping docs open doctor receive peek verify scan-repository detect filter`,
    'text',
    ASKS,
  ),
  ...plain(
    `create add new put set update upsert apply edit modify patch attach detach associate
    disassociate enable disable start
    restart stop reboot resize scale register tag untag assign grant allow authorize invoke run
    publish import copy
    rename move migrate restore resume suspend pause activate deactivate configure change replace
    rotate link unlink
    connect disconnect install upgrade invite send submit trigger rerun retry cancel request
    allocate provision sync
    promote rollback initiate execute ssh exec lock unlock snapshot backup clone fork export download upload
    hibernate admin transfer merge approve reject issue renew complete batch-write batch-execute
    failover update-secret`,
    'text',
    CHANGES_CLOUD,
  ),
  ...plain('deploy release ship up', 'text', DEPLOYS),
  ...plain(
    `delete destroy remove terminate purge rm rb rmdir drop deregister delete-object wipe reset abort
    release-address empty
    down undeploy teardown batch-delete force-delete revoke schedule-key-deletion evict flush nuke
    clear prune dispose
    decommission cleanup trash unpublish uninstall deprovision`,
    'text',
    DESTROYS_CLOUD,
  ),
};
