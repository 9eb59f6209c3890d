import { escapeHtml } from '../data/escape.ts';
import type { PageData } from '../data/page-data.ts';

/**
 * What is there before anything is checked, and without scripts. Of the data it shows the exact bytes, and
 * only where scripts are off: elsewhere the page says nothing of a record that it has not verified.
 */
export function bodyOf(data: PageData, verifierDigest: string): string {
  return [
    '<header>',
    '<h1>One record, and its proof</h1>',
    '<p>An entry of a Writ log. This file checks itself, offline: it loads nothing and sends nothing.</p>',
    '</header>',
    '<main>',
    VERDICT,
    withoutScripts(data),
    KEY,
    RECORD,
    CHECKS_MADE,
    ARGUMENTS,
    BYTES,
    BY_HAND,
    LIMITS,
    '</main>',
    `<footer><p>Verifier in this file: SHA-256 <code>${escapeHtml(verifierDigest)}</code></p></footer>`,
  ].join('\n');
}

function withoutScripts({ head, proof, vkey }: PageData): string {
  return `<noscript><section aria-labelledby="off">
<h2 id="off">What this file carries, unverified</h2>
<h3>The record</h3>
<pre>
${escapeHtml(head)}</pre>
<h3>Its proof</h3>
<pre>
${escapeHtml(proof)}</pre>
<h3>The key that is said to have signed</h3>
<pre>
${escapeHtml(vkey)}</pre>
</section></noscript>`;
}

/** What stands until the check has run, and stays where it cannot. */
const VERDICT = `<section id="verdict" role="status">
<h2 id="verdict-title">Nothing has been checked</h2>
<p id="verdict-text">Scripts are off, or this browser could not run the check. Check this file with
<code>writ verify FILE</code>, or by hand as described below.</p>
</section>`;

const KEY = `<section id="key" aria-labelledby="key-title" hidden>
<h2 id="key-title">Whose signature</h2>
<p>The page names this key. That is a claim: whoever makes a page can name a key of their own.</p>
<pre id="key-claimed"></pre>
<p id="key-question"><strong>Is that the key you pinned?</strong></p>
<div class="screen">
<label for="key-own">Your own key or trust file</label>
<textarea id="key-own" spellcheck="false" autocomplete="off" aria-describedby="key-help"></textarea>
<p id="key-help" class="faint">Paste the verifier key (<code>name+id+base64</code>) or the trust file that
you got from the log's operator by another way than this file; <code>writ trust show</code> prints both.</p>
<div class="row"><button type="button" id="key-use">Check with my key</button>
<button type="button" id="key-drop" class="plain" hidden>Use the key it names again</button></div>
</div>
<p id="key-answer" role="status" hidden></p>
</section>`;

const RECORD = `<section id="record" aria-labelledby="record-title" hidden>
<h2 id="record-title">What the record says</h2>
<p id="record-sentence"></p>
<dl id="record-members"></dl>
</section>`;

const CHECKS_MADE = `<section id="checks" aria-labelledby="checks-title" hidden>
<h2 id="checks-title">What was checked, in this order</h2>
<ol id="checks-list" class="checks"></ol>
</section>`;

const ARGUMENTS = `<section id="arguments" aria-labelledby="arguments-title" hidden>
<h2 id="arguments-title">The arguments</h2>
<p id="arguments-text"></p>
<pre id="arguments-shown" hidden></pre>
<div id="arguments-ask" class="screen" hidden>
<label for="arguments-own">The arguments, as JSON</label>
<textarea id="arguments-own" spellcheck="false" autocomplete="off"></textarea>
<div class="row"><button type="button" id="arguments-use">Compare</button></div>
</div>
</section>`;

const BYTES = `<section id="bytes" aria-labelledby="bytes-title" hidden>
<h2 id="bytes-title">The exact bytes</h2>
<details><summary>The record, which is the leaf of the tree</summary>
<pre id="bytes-head"></pre><p class="faint">Leaf hash: <code id="bytes-leaf"></code></p></details>
<details><summary>Its proof, with the signed checkpoint (C2SP tlog-proof)</summary>
<pre id="bytes-proof"></pre></details>
</section>`;

const BY_HAND = `<section aria-labelledby="hand-title">
<h2 id="hand-title">Check it without this page</h2>
<p>With Writ, against keys that you hold. It also says whether the page around the data is the one that Writ
makes, or another:</p>
<pre>writ verify FILE --trust TRUST.json</pre>
<details><summary>With any tool that reads C2SP tlog-proof, or with openssl</summary>
<p>The data is one line of JSON. This takes record, proof and named key out of it, byte for byte:</p>
<pre>sed -n 's|^&lt;script type="application/json" id="data"&gt;\\(.*\\)&lt;/script&gt;$|\\1|p' FILE &gt; data
jq -j .head data &gt; head; jq -j .proof data &gt; proof; jq -j .vkey data &gt; vkey</pre>
<p>The leaf hash is SHA-256 of a zero byte and <code>head</code> (RFC 9162). <code>proof</code> is a
<code>c2sp.org/tlog-proof@v1</code> that ends with a signed checkpoint; compare <code>vkey</code> with the key
that you hold. Writ's README does all of it with openssl, jq and base64.</p></details>
</section>`;

const LIMITS = `<section aria-labelledby="limits-title">
<h2 id="limits-title">What this does not show</h2>
<ul>
<li>That you can trust the page: whoever made the file could have put another script into it. If that matters,
check it without this page, as above.</li>
<li>That the log is complete, or was not continued in two ways: for that, compare a checkpoint that you held
before.</li>
<li>What happened after this record: a permission may have been spent, ended or frozen since.</li>
<li>Words of people or agents: the record holds ids, codes and digests only.</li>
</ul>
</section>`;
