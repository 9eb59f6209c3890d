import { registerHooks } from 'node:module';
import { MUTANTS } from './mutants.ts';

/**
 * Loaded before anything else with `--import`: plants the fault that `WRIT_PLANTED` names into the text of
 * its file as that is loaded. Nothing is written, and the product knows no switch for it.
 */
const mutant = MUTANTS.find(({ name }) => name === process.env['WRIT_PLANTED']);
if (mutant === undefined) throw new RangeError('no such fault');
const { file, from, to } = mutant;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/apps/cell/src/${file}`)) return loaded;
    const text = Buffer.from(loaded.source as string | Uint8Array).toString('utf8'); // of a file, never null
    // A fault that is planted nowhere, or twice, shows nothing.
    if (text.split(from).length !== 2) throw new RangeError(`${file} does not hold this once: ${from}`);
    return { ...loaded, source: text.replace(from, () => to) };
  },
});
