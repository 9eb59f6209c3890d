import { openEngine } from '../engine/load-engine.ts';
import { readProposalBy } from './read-proposal.ts';
import { serveUnderstanding } from './serve-understanding.ts';

serveUnderstanding(async ({ engines, engine }) => readProposalBy(await openEngine(engines, engine)));
