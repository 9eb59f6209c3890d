// Preloaded into the control (`--import`): whoever asks for the journal gets the one that never syncs.
import { registerHooks } from 'node:module';

const OPEN = /\/apps\/cell\/src\/journal\/sqlite\/open\.ts$/;
const unsynced = new URL('./unsynced-journal.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return OPEN.test(resolved.url) ? { ...resolved, url: unsynced } : resolved;
  },
});
