import { PALETTE } from '@writ/page';

/** One column on a phone, two on a desk. Meaning is said in words, never by colour alone. */
export const STYLE: string = `
${PALETTE}* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; }
header, main, footer { max-width: 74rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
header > p { max-width: 46rem; margin: .25rem 0 0; }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--faint); font-size: .875rem; }
footer p { max-width: 46rem; }
h1 { margin: 0; font-size: 1.5rem; letter-spacing: -.01em; }
h1 .faint { font-weight: 400; }
section { margin-top: 1.75rem; min-width: 0; }
h2 { margin: 0 0 .5rem; font-size: 1.0625rem; }
h3 { margin: 1.25rem 0 .3rem; font-size: .9375rem; }
h4 { margin: 0 0 .25rem; font-size: .8125rem; font-weight: 400; color: var(--faint); }
p { margin: 0 0 .6rem; }
.bar { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between;
  gap: .25rem 1rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin: .25rem 0 .6rem; }
.columns { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 0 2rem;
  align-items: start; }
.views { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem 1.5rem; }
.cards { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; }
.card { padding: 1rem; border: 1px solid var(--line); border-radius: 8px; }
.card h3 { margin-top: 0; }
.card ol { margin: .75rem 0 0; padding-left: 1.2rem; font-size: .875rem; }
.faint { color: var(--faint); }
.bad-text { color: var(--bad); }
p.faint, .views ul { font-size: .875rem; }
.views ul { margin: 0; padding-left: 1.1rem; }
.hidden-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
pre, input, textarea, .mono { font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  unicode-bidi: isolate; direction: ltr; }
pre, .block { margin: 0 0 .6rem; padding: .6rem .75rem; max-height: 18rem; overflow: auto;
  white-space: pre-wrap; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
.typing { display: flex; gap: .5rem; margin-bottom: .5rem; }
input, textarea { width: 100%; min-width: 0; padding: .55rem .75rem; color: var(--text);
  background: var(--ground); border: 1px solid var(--faint); border-radius: 6px; }
input { font-size: 1rem; }
label { display: block; margin-bottom: .35rem; font-size: .875rem; font-weight: 600; }
button { white-space: nowrap; padding: .5rem 1rem; font: inherit; font-weight: 600; color: var(--ground);
  background: var(--text); border: 1px solid var(--text); border-radius: 6px; cursor: pointer; }
button.plain { color: var(--text); background: transparent; border-color: var(--faint); }
button.small { padding: .2rem .6rem; font-size: .8125rem; font-weight: 400; }
button:disabled { cursor: default; color: var(--faint); background: var(--raised);
  border-color: var(--line); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.pill { display: flex; flex-wrap: wrap; gap: 0 .5rem; font-size: .875rem; }
#cell-state, .word { font-weight: 600; }
.pill.good #cell-state, .good .word { color: var(--good); }
.pill.warn #cell-state, .warn .word { color: var(--warn); }
.pill.bad #cell-state, .bad .word { color: var(--bad); }
.word { font-size: .875rem; }
#timeline { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
#timeline li { border-bottom: 1px solid var(--line); }
#timeline button { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0 .75rem; width: 100%;
  white-space: normal; padding: .5rem .4rem; text-align: left; font-weight: 400; color: var(--text);
  background: transparent;  border: 0; border-radius: 0; }
#timeline button:hover { background: var(--raised); }
#timeline button[aria-current='true'] { background: var(--raised);
  box-shadow: inset .25rem 0 0 var(--focus); }
#timeline .note { grid-column: 2; font-size: .8125rem; color: var(--faint); }
.verdict { padding: .6rem .75rem; background: var(--raised); border: 1px solid var(--line);
  border-left-width: .4rem; border-radius: 6px; }
.verdict.good { border-color: var(--good); background: var(--good-ground); color: var(--good); }
.verdict.warn { border-color: var(--warn); background: var(--warn-ground); color: var(--warn); }
.verdict.bad { border-color: var(--bad); background: var(--bad-ground); color: var(--bad); }
dl { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); margin: 0; font-size: .875rem;
  border-top: 1px solid var(--line); }
dt, dd { margin: 0; padding: .3rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--faint); }
.gates, .checks { list-style: none; margin: 0; padding: 0; font-size: .875rem;
  border-top: 1px solid var(--line); }
.gates li, .checks li { display: grid; grid-template-columns: 1.4rem 7rem minmax(0, 1fr); padding: .25rem 0;
  border-bottom: 1px solid var(--line); }
.checks li { grid-template-columns: 7rem minmax(0, 1fr); }
summary { padding: .35rem 0; cursor: pointer; font-size: .875rem; font-weight: 600; }
[hidden] { display: none; }
@media (max-width: 60rem) { .columns, .cards { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 34rem) { .views { grid-template-columns: minmax(0, 1fr); } }
`;
