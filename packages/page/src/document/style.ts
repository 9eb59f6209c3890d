import { PALETTE } from './palette.ts';

/**
 * The look of a page: system fonts, one column. Meaning is said in words and marks, never by colour alone.
 */
export const STYLE: string = `
${PALETTE}* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; }
header, main, footer { max-width: 48rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.25rem; }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--faint); font-size: .875rem; }
h1 { margin: 0; font-size: 1.5rem; letter-spacing: -.01em; }
header p { margin: .25rem 0 0; color: var(--faint); }
section { margin-top: 2.25rem; }
h2 { margin: 0 0 .6rem; font-size: 1.0625rem; }
h3 { margin: 1rem 0 .3rem; font-size: 1rem; }
p { margin: 0 0 .75rem; }
code, pre, textarea, .mono { font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  unicode-bidi: isolate; direction: ltr; }
pre { margin: 0 0 .75rem; padding: .75rem .9rem; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; white-space: pre-wrap; }
#verdict { padding: 1.1rem 1.25rem; border: 1px solid var(--line); border-left: .45rem solid var(--faint);
  border-radius: 8px; background: var(--raised); }
#verdict h2 { font-size: 1.3125rem; line-height: 1.3; }
#verdict p:last-child { margin-bottom: 0; }
#verdict.good { border-color: var(--good); background: var(--good-ground); }
#verdict.good h2 { color: var(--good); }
#verdict.warn { border-color: var(--warn); background: var(--warn-ground); }
#verdict.warn h2 { color: var(--warn); }
#verdict.bad { border-color: var(--bad); background: var(--bad-ground); }
#verdict.bad h2 { color: var(--bad); }
dl { display: grid; grid-template-columns: minmax(9rem, auto) minmax(0, 1fr); margin: 0;
  border-top: 1px solid var(--line); }
dt, dd { margin: 0; padding: .4rem 0; border-bottom: 1px solid var(--line); }
dt { padding-right: 1.25rem; color: var(--faint); }
ol.checks { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.checks li { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); padding: .5rem 0; gap: 0 .75rem;
  border-bottom: 1px solid var(--line); }
.checks .outcome { font-weight: 600; }
.checks .good .outcome { color: var(--good); }
.checks .bad .outcome { color: var(--bad); }
.checks .faint .outcome, .faint { color: var(--faint); font-weight: 400; }
label { display: block; margin-bottom: .35rem; font-weight: 600; }
textarea { width: 100%; min-height: 4.6rem; padding: .6rem .75rem; color: var(--text);
  background: var(--ground); border: 1px solid var(--faint); border-radius: 6px; resize: vertical; }
button { padding: .5rem 1rem; font: inherit; font-weight: 600; color: var(--ground); background: var(--text);
  border: 1px solid var(--text); border-radius: 6px; cursor: pointer; }
button.plain { color: var(--text); background: transparent; border-color: var(--faint); }
.row { display: flex; flex-wrap: wrap; gap: .6rem; margin: .6rem 0 .75rem; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
summary { padding: .35rem 0; cursor: pointer; font-weight: 600; }
details pre { margin-top: .35rem; }
ul { margin: 0; padding-left: 1.2rem; }
li { margin-bottom: .35rem; }
[hidden] { display: none; }
@media (max-width: 34rem) { dl, .checks li { grid-template-columns: minmax(0, 1fr); } dt { border-bottom: 0;
  padding-bottom: 0; } }
@media print { :root { color-scheme: light; --ground: #fff; --raised: #fff; --text: #000; --faint: #333;
  --line: #999; --good: #000; --warn: #000; --bad: #000; --good-ground: #fff; --warn-ground: #fff;
  --bad-ground: #fff; }
  body { font-size: 10pt; } header, main, footer { max-width: none; padding: 0; }
  .screen { display: none; } section { margin-top: 1.25rem; break-inside: avoid; }
  #bytes { break-inside: auto; } h2, h3 { break-after: avoid; } }
`;
