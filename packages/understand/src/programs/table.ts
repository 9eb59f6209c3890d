import { ARCHIVES } from './archives.ts';
import { BUILDING } from './building.ts';
import { CAPTURE } from './capture.ts';
import { CHANGING } from './changing.ts';
import { CLOUD } from './cloud.ts';
import { CLUSTERS } from './clusters.ts';
import { CONTAINERS } from './containers.ts';
import { COPIES } from './copies.ts';
import { DATABASES } from './databases.ts';
import { DISKS } from './disks.ts';
import { EDITORS } from './editors.ts';
import { FOREIGN } from './foreign.ts';
import { FORGES } from './forges.ts';
import { GIT } from './git.ts';
import { GUARDING } from './guarding.ts';
import { INFRASTRUCTURE } from './infrastructure.ts';
import { LOOKING } from './looking.ts';
import { NETWORK } from './network.ts';
import { PACKAGES_COMPILED } from './packages-compiled.ts';
import { PACKAGES_HOST } from './packages-host.ts';
import { PACKAGES_LANGUAGES } from './packages-languages.ts';
import { PACKAGES_NODE } from './packages-node.ts';
import { PACKAGES_PYTHON } from './packages-python.ts';
import type { Programs } from './program.ts';
import { QUEUES } from './queues.ts';
import { REACHING } from './reaching.ts';
import { RUNNING } from './running.ts';
import { SECRET_STORES } from './secrets.ts';
import { SYSTEM } from './system.ts';
import { TEXT } from './text.ts';
import { WRAPPING } from './wrapping.ts';

/** Families whose programs are known, one a file. No name stands in two of them. */
export const FAMILIES: Readonly<Record<string, Programs>> = {
  looking: LOOKING,
  changing: CHANGING,
  running: RUNNING,
  wrapping: WRAPPING,
  text: TEXT,
  editors: EDITORS,
  archives: ARCHIVES,
  git: GIT,
  forges: FORGES,
  'packages-node': PACKAGES_NODE,
  'packages-python': PACKAGES_PYTHON,
  'packages-compiled': PACKAGES_COMPILED,
  'packages-languages': PACKAGES_LANGUAGES,
  building: BUILDING,
  containers: CONTAINERS,
  clusters: CLUSTERS,
  cloud: CLOUD,
  databases: DATABASES,
  network: NETWORK,
  capture: CAPTURE,
  system: SYSTEM,
  disks: DISKS,
  secrets: SECRET_STORES,
  'packages-host': PACKAGES_HOST,
  guarding: GUARDING,
  queues: QUEUES,
  infrastructure: INFRASTRUCTURE,
  copies: COPIES,
  reaching: REACHING,
  foreign: FOREIGN,
};

export const PROGRAMS: Programs = Object.fromEntries(
  Object.values(FAMILIES).flatMap((family) => Object.entries(family)),
);
