import {
  type Action,
  type Declared,
  EFFECTS,
  type JsonObject,
  READ_ONLY_EFFECTS,
  RISK_ONE,
  type Scene,
  type ToolDefinition,
  type Understanding,
} from '@writ/contract';
import {
  declaredNames,
  hasHiddenEnd,
  hasOtherArguments,
  isCommandLineTool,
  readCommandLine,
} from './arguments/command-line.ts';
import { readTexts, type Text } from './arguments/texts.ts';
import { UNDERSTAND_LIMITS } from './limits.ts';
import { boundLists, type Lists } from './meaning/bound.ts';
import { hidePersonalData } from './meaning/hide-personal-data.ts';
import { joinDeclared } from './meaning/join-declared.ts';
import { foundAt, inOrder, joinMeanings, type Meaning, NOTHING, onlyReads } from './meaning/meaning.ts';
import { weighRisk } from './meaning/weigh-risk.ts';
import { isObserved, lexicalPath } from './paths/lexical.ts';
import { namesOwnPlace } from './paths/self-protect.ts';
import { understandCommandLine } from './programs/understand-command-line.ts';
import { touch, useUrl } from './programs/use-word.ts';

export type ToUnderstand = {
  /** Null for a tool that nobody declared. */
  readonly tool: ToolDefinition | null;
  readonly action: Action;
  readonly scene: Scene | null;
  readonly declared: Declared | null;
  /** Places of Writ itself, beside those that it has everywhere. */
  readonly protected: readonly string[];
};

/**
 * What an action means, from its tool, its arguments and its scene (spec/27-understanding.md): all that the
 * tool may do, less only where it is known what the arguments do, and never less than the caller declares. A
 * function of its argument alone.
 */
export function understandAction(input: ToUnderstand): Understanding {
  const { action, declared, tool } = input;
  const texts = readTexts(action.args, tool === null ? new Set() : declaredNames(tool));
  const whole = wholeOf(tool);
  const meaning =
    texts === null
      ? joinMeanings([whole, foundAt('opaque', '')])
      : joinMeanings([
          understandArguments(input, texts, whole),
          ...texts.map((text) => protectSelf(text, input)),
        ]);
  const understood = settle(meaning, action);
  return declared === null ? understood : joinDeclared(understood, declared, action.args);
}

/**
 * All that a tool may do: what its definition says. Of a tool without a definition nobody said what it cannot
 * do; gate 1 refuses it, and until then it may do everything.
 */
function wholeOf(tool: ToolDefinition | null): Meaning {
  const effects = tool === null ? EFFECTS : tool.effects;
  const reversibility = onlyReads(effects) ? 'nothing_to_undo' : 'unknown';
  const whole: Meaning = { ...NOTHING, effects, reversibility };
  return effects.length === 0 || tool === null ? joinMeanings([whole, foundAt('opaque', '')]) : whole;
}

function understandArguments(input: ToUnderstand, texts: readonly Text[], whole: Meaning): Meaning {
  const { action, scene, tool } = input;
  const named = texts.map((text) => understandNamed(text, scene));
  if (tool === null || !isCommandLineTool(tool)) return joinMeanings([whole, ...named]);
  const line = readCommandLine(action.args);
  const opaque = joinMeanings([whole, foundAt('opaque', '')]);
  if (line === null) return joinMeanings([opaque, ...named]);
  const other = hasOtherArguments(action.args) ? joinMeanings([whole, foundAt('unfamiliar', '')]) : NOTHING;
  return joinMeanings([
    understandCommandLine(line, { scene, protected: input.protected, whole }),
    hasHiddenEnd(line) ? opaque : NOTHING,
    other,
    ...named,
  ]);
}

/** Arguments whose name says what they are. */
function understandNamed({ member, text, where }: Text, scene: Scene | null): Meaning {
  if (member === 'url') return useUrl(text, where);
  if (member !== 'path') return NOTHING;
  const path = lexicalPath(text, scene);
  const found = isObserved(path, scene) ? NOTHING : foundAt('lexical_only', where);
  return joinMeanings([text === '' ? foundAt('opaque', where) : touch('path', path, where), found]);
}

function protectSelf({ text, where }: Text, { protected: places, scene }: ToUnderstand): Meaning {
  return namesOwnPlace(text, places, scene) ? foundAt('self_protect', where) : NOTHING;
}

/** The meaning as it may be shown: each thing once, within the limits, and free of personal data. */
function settle(meaning: Meaning, { args }: Action): Understanding {
  const { resources, findings } = boundLists(meaning, UNDERSTAND_LIMITS.findings_max);
  const lists = boundLists(hideNames(args, resources, findings), UNDERSTAND_LIMITS.findings_max);
  const effects = inOrder(meaning.effects);
  const weighed = Math.max(meaning.risk_min, weighRisk(effects, lists.findings));
  return {
    effects,
    ...lists,
    reversibility: settleReversibility({ ...meaning, effects }),
    risk: Math.min(RISK_ONE, weighed),
    costs: [],
  };
}

function hideNames(args: JsonObject, resources: Meaning['resources'], findings: Meaning['findings']): Lists {
  const hidden = hidePersonalData(
    args,
    resources.map(({ name }) => name),
  );
  if (hidden === null) return { resources: [], findings: [...findings, { code: 'opaque', where: '' }] };
  return {
    resources: resources.map(({ kind }, at) => ({ kind, name: hidden.names[at] ?? '' })),
    findings: [...findings, ...hidden.findings],
  };
}

/** Nothing is to be undone only where everything reads; secrets that were read stay read. */
function settleReversibility({ effects, reversibility }: Meaning): Understanding['reversibility'] {
  const reads = effects.every((effect) => READ_ONLY_EFFECTS.has(effect) || effect === 'READ_SECRETS');
  return reads || reversibility !== 'nothing_to_undo' ? reversibility : 'unknown';
}
