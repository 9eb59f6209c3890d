/**
 * The front door of the verifier in a browser. `scripts/build-page.mjs` makes one classic script of it with
 * all that it imports (`packages/proof` on its portable primitives); `browser.json` of this package names the
 * file. The script defines one global, `writVerifier`, and touches nothing else: no document, no network, no
 * clock.
 *
 *     const data = writVerifier.printPageData({ head, proof, vkey, nonce: null, args: null });
 *     const finding = writVerifier.checkPage(data, { trust: writVerifier.readPinned(pasted), args: null });
 *     if (finding.verdict === 'valid') show(finding.proven.head);   // finding.key: 'pinned' or 'claimed'
 *
 * A page that is served includes the same bytes by `<script src>`; a page in one file holds them within.
 * `readPinned` and `printPageData` throw a `Failure` with a stable `code`; `checkPage` answers with one.
 */
export { checkPage, CHECKS } from './check/check-page.ts';
export { readPinned } from './check/pinned.ts';
export { showAscii, showText } from './data/escape.ts';
export { printPageData } from './data/page-data.ts';
export { printTime } from './data/print-time.ts';
export { leafHashOf } from './check/leaf-hash.ts';
