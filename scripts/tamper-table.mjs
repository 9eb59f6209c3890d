// `npm run tamper`: tampers with a store and with its export in every way, and prints who finds what.
import { printTable, tamperTables } from '../apps/cell/test/crash/tamper/table.ts';

const [store, exported] = await tamperTables();
process.stdout.write(`${printTable(store)}\n\n${printTable(exported)}\n`);
