/** What stands in the page before anything is known. `browser/` fills it in, as text. */
export const BODY = `<header>
<div class="bar"><h1>Writ <span class="faint">on a stage</span></h1>
<p id="cell" class="pill" role="status"><span id="cell-state">connecting</span>
<span id="cell-text" class="faint"></span></p></div>
<p>No writ, no act. An agent works below, in a throw-away directory. Everything that it wants to do is
understood, judged and recorded first, and only what is allowed runs, once. Now try to get past that.</p>
<noscript><p><strong>This page shows what happens live, which takes JavaScript.
In a terminal: npm start -- --once</strong></p></noscript>
</header>
<main>
<section aria-labelledby="box-title">
<h2 id="box-title">Propose something yourself</h2>
<form id="box">
<label for="typed" class="hidden-label">A command, or a call as JSON</label>
<div class="typing"><input id="typed" name="typed" autocomplete="off" autocapitalize="off"
spellcheck="false" maxlength="8000" aria-describedby="box-help">
<button id="propose">Propose</button></div>
<p id="hints" class="row"></p>
<p id="box-said" class="bad-text" role="alert" hidden></p>
<p id="box-help" class="faint">No shell: words are split at blanks, quotes keep words together, nothing else
has a meaning. A call begins with a brace. A command that is allowed runs, in the agent's directory.</p>
</form>
</section>
<section aria-labelledby="attack-title">
<h2 id="attack-title">Attack it</h2>
<div id="exhibits" class="cards"></div>
</section>
<div class="columns">
<section aria-labelledby="timeline-title">
<div class="bar"><h2 id="timeline-title">What happened</h2>
<button type="button" id="agent" class="plain small">Let the agent work again</button></div>
<p id="agent-said" class="faint" role="status" hidden></p>
<p id="timeline-empty" class="faint">Nothing yet: the agent is about to begin.</p>
<ol id="timeline"></ol>
</section>
<section id="detail" aria-labelledby="detail-title">
<h2 id="detail-title" tabindex="-1">Choose a line</h2>
<p id="detail-empty" class="faint">Each line has a record, with a proof that you can check here.</p>
<div id="detail-body" hidden>
<p id="detail-what" class="mono block"></p>
<p id="detail-words" class="faint"></p>
<p id="detail-verdict" class="verdict" role="status"></p>
<div id="detail-run" hidden><h3>What it did</h3><p id="detail-run-text"></p>
<pre id="detail-output" tabindex="0"></pre></div>
<h3>The record, and its proof</h3>
<p id="detail-records" class="row"></p>
<div id="verified" aria-live="polite" hidden><p id="verified-title" class="verdict"></p>
<ol id="verified-checks" class="checks"></ol></div>
<details><summary>The record as it stands in the log</summary><pre id="detail-head"></pre></details>
<details><summary>Its proof: where it stands, and the signed checkpoint</summary>
<pre id="detail-proof"></pre></details>
<h3>What the ten gates said</h3>
<ol id="detail-gates" class="gates"></ol>
<h3>What was understood</h3>
<p id="detail-source" class="faint"></p>
<dl id="detail-understanding"></dl>
<h3>Why</h3>
<div class="views"><div><h4>as the agent is told</h4><ul id="detail-agent"></ul></div>
<div><h4>as an operator sees it</h4><ul id="detail-operator"></ul></div></div>
</div>
</section>
</div>
<section aria-labelledby="key-title">
<h2 id="key-title">Whose word a proof rests on</h2>
<label for="key">The public key that you pin</label>
<textarea id="key" rows="2" spellcheck="false" autocomplete="off"></textarea>
<p class="faint">The terminal that you started this in shows the key of the log. Compare the two: this page
has its copy from the same program. A proof is checked under what stands here and nothing else; change a
letter and verify again.</p>
</section>
</main>
<footer><p>This is wall 1, a sign: the agent here asks before it acts because it was built to. No route
of this page is in the door that Writ serves. Ctrl-C in the terminal ends it, and everything is removed.</p>
</footer>
`;
