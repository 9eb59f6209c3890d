import { lowerAscii } from '../detection/characters.ts';
import { programNamed } from './program-names.ts';
import type { ShellWord } from './shell-word.ts';

const OPTION = /^(?:--?[A-Za-z][\w-]*(?:=.*)?|\/[A-Za-z?]{1,12}|\+[a-z]+)$/;
const PLACE = /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|\\\\)/;
const URL_FORM = /^[a-z][a-z0-9+.-]*:\/\//i;
const ADDRESS = /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/;
const FILE_NAME = /^[\w*-]+\.[a-z][a-z0-9]{0,4}$/i;
const ASSIGNED = /^(?:if|of|bs|count)=/;
const NUMBER_OF_LINES = /^-[0-9]+$/;

/** Words that only stand behind these names. */
const OWN_WORDS: ReadonlyMap<string, RegExp> = new Map([
  ['sleep', /^[0-9]+(?:\.[0-9]+)?[smhd]?$/],
  ['timeout', /^[0-9]+[smhd]?$/],
  ['kill', /^[0-9]{2,}$/],
  ['shutdown', /^(?:now|\+[0-9])/],
  ['net', /^(?:user|view|use|share|start|stop|localgroup|group|accounts)$/i],
  ['wmic', /^(?:process|service|os|useraccount|product|shadowcopy|qfe|computersystem)$/i],
  ['sc', /^(?:query|create|config|stop|delete)$/i],
  ['docker', /^(?:run|exec|ps|images|build|cp)$/],
  ['git', /^(?:clone|push|pull|status|log|config|clean|reset)$/],
]);

/** How sure the words behind a name make that it is run: 0 not at all, 1 perhaps, 2 surely. */
export function weighWords(words: readonly ShellWord[], redirected: boolean, bare: string): number {
  let weight = redirected || OWN_WORDS.get(bare)?.test(words[0]?.raw ?? '') === true ? 2 : 0;
  for (const { text, raw, expanded, spliced } of words) {
    if (isSure(raw, text) || expanded || spliced) weight = 2;
    else if (
      ADDRESS.test(raw) ||
      FILE_NAME.test(raw) ||
      raw.startsWith('"') ||
      raw.startsWith('!') ||
      raw === '('
    ) {
      weight = Math.max(weight, 1);
    }
  }
  // `time sh`, `find . -exec`: what runs another program names it first.
  const [first] = words;
  if (first !== undefined && programNamed(first.text) === 'clear') weight = Math.max(weight, 1);
  return weight;
}

function isSure(raw: string, text: string): boolean {
  return (
    OPTION.test(raw) ||
    NUMBER_OF_LINES.test(raw) ||
    (PLACE.test(raw) && raw.length > 1) ||
    PLACE.test(text) ||
    raw === '/' ||
    URL_FORM.test(raw) ||
    ASSIGNED.test(raw) ||
    raw.startsWith('\\!')
  );
}

/** Places of the system that no ordinary value names. */
const SYSTEM = /(?:^|[\s=<>"'(])\/(?:etc|proc|root|dev\/(?:tcp|udp)|bin|sbin|usr\/s?bin|var\/log)\//;

export function namesSystem(text: string): boolean {
  return SYSTEM.test(text);
}

/** Words that stand behind a name in a sentence, and behind no program. */
const SENTENCE: ReadonlySet<string> = new Set(
  `a about after again all also always an and are as be because been before but by can cannot could
  did do does for from had has have he her here his how however i if in into is it its just may me
  might more most must my never no not now of often on only or our out seems she should since so
  some still than that the their them then there these they this those to too under until up was we
  well were what when where which while who why will with without would yes you your works worked
  fails failed runs ran installed supports returns is: are:`.split(/\s+/),
);

export function readsOn(word: ShellWord | undefined): boolean {
  return word !== undefined && SENTENCE.has(lowerAscii(word.raw.replace(/[.,:;!?]+$/, '')));
}
