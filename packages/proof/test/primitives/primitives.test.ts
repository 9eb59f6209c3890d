import * as imported from '#primitives';
import * as node from '../../src/primitives/node.ts';
import * as portable from '../../src/primitives/portable.ts';
import { describePrimitives } from './contract.ts';

describePrimitives('node', node);
describePrimitives('portable', portable);
describePrimitives('#primitives', imported);
