import {
  type Action,
  type ArgumentKind,
  type Declared,
  EFFECTS,
  type Effect,
  type FindingCode,
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
import { readKinds } from './arguments/kinds.ts';
import { readTexts, type Text } from './arguments/texts.ts';
import { UNDERSTAND_LIMITS } from './limits.ts';
import { boundLists, type Lists } from './meaning/bound.ts';
import { hidePersonalData } from './meaning/hide-personal-data.ts';
import { joinDeclared } from './meaning/join-declared.ts';
import {
  foundAt,
  inOrder,
  joinMeanings,
  type Meaning,
  NOTHING,
  onlyReads,
  settleUndo,
} from './meaning/meaning.ts';
import { effectsAnywhere, TO_FILES, usesOf } from './meaning/narrow.ts';
import { weighRisk } from './meaning/weigh-risk.ts';
import { lexicalPath } from './paths/lexical.ts';
import { understandRecipients } from './arguments/recipients.ts';
import { namesOwnPlace } from './paths/self-protect.ts';
import { understandPath, understandPattern } from './paths/understand-path.ts';
import { understandShell, understandWords } from './programs/understand-shell.ts';
import { useUrl } from './programs/use-word.ts';
import {
  effectsOfRequest,
  type Request,
  readRequest,
  understandRequest,
} from './requests/understand-request.ts';
import { understandCharacters } from './unicode/understand-characters.ts';

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
  const declaredHere: ReadonlySet<string> = tool === null ? new Set() : declaredNames(tool);
  const texts = readTexts(action.args, declaredHere, readKinds(tool));
  const whole = wholeOf(tool, texts);
  const meaning =
    texts === null
      ? joinMeanings([whole, foundAt('opaque', '')])
      : joinMeanings([
          understandArguments(input, texts, whole),
          ...texts.map((text) => protectSelf(text, input)),
          ...texts.map((text) => understandCharacters(text, tool !== null && isCommandLineTool(tool))),
        ]);
  const understood = settle(meaning, action);
  return declared === null ? understood : joinDeclared(understood, declared, action.args);
}

/**
 * All that a tool may do: what its definition says. Of a tool without a definition nobody said what it cannot
 * do; gate 1 refuses it, and until then it may do everything. A tool that runs programs does what they do:
 * of one that nobody knows that is one effect, behind which any other may stand.
 */
function wholeOf(tool: ToolDefinition | null, texts: readonly Text[] | null): Meaning {
  const effects = tool === null ? EFFECTS : runsPrograms(tool, texts) ? UNKNOWN_CODE : tool.effects;
  const reversibility = onlyReads(effects) ? 'nothing_to_undo' : 'unknown';
  const whole: Meaning = { ...NOTHING, effects, reversibility };
  return effects.length === 0 || tool === null ? joinMeanings([whole, foundAt('opaque', '')]) : whole;
}

const UNKNOWN_CODE: readonly Effect[] = ['EXECUTE_CODE'];

function runsPrograms(tool: ToolDefinition, texts: readonly Text[] | null): boolean {
  if (!tool.effects.includes('EXECUTE_CODE')) return false;
  return isCommandLineTool(tool) || (texts !== null && isShellTool(tool, texts));
}

/** What the tool may do wherever it is pointed; the paths add what it does there. */
function narrowed(tool: ToolDefinition | null, texts: readonly Text[]): Meaning | null {
  const effects = tool === null ? null : effectsAnywhere(tool, texts);
  if (effects === null) return null;
  // Of what is done to files, what is done with each path says whether it can be undone.
  const isToFiles = effects.every((effect) => TO_FILES.has(effect));
  return { ...NOTHING, effects, reversibility: isToFiles ? 'nothing_to_undo' : 'unknown' };
}

/** A request that only asks, by a tool that says of every argument what it is: it leaves nothing behind. */
function askedOnly(tool: ToolDefinition, request: Request | null, texts: readonly Text[]): Meaning | null {
  if (request === null || !texts.every(({ isName, kind }) => isName || kind !== null)) return null;
  const asked = effectsOfRequest(request);
  if (asked === null || !tool.effects.includes('NETWORK_CALL')) return null;
  const effects = tool.effects.filter((effect) => asked.includes(effect));
  return { ...NOTHING, effects, reversibility: 'reversible' };
}

function understandArguments(input: ToUnderstand, texts: readonly Text[], whole: Meaning): Meaning {
  const { action, scene, tool } = input;
  const place = placeOfShell(tool, texts, scene);
  const named = texts.map((text) => understandNamed(text, { ...input, scene: place }, whole));
  if (tool !== null && isShellTool(tool, texts)) return joinMeanings(named);
  if (tool === null || !isCommandLineTool(tool)) {
    const request = tool === null ? null : readRequest(tool, declaredNames(tool), action.args);
    return joinMeanings([
      narrowed(tool, texts) ?? (tool === null ? null : askedOnly(tool, request, texts)) ?? whole,
      request === null ? NOTHING : understandRequest(request, input),
      ...named,
    ]);
  }
  const line = readCommandLine(action.args);
  const opaque = joinMeanings([whole, foundAt('opaque', '')]);
  if (line === null) return joinMeanings([opaque, ...named]);
  const other = hasOtherArguments(action.args) ? joinMeanings([whole, foundAt('unfamiliar', '')]) : NOTHING;
  return joinMeanings([
    understandWords(line, { scene, protected: input.protected, whole }),
    hasHiddenEnd(line) ? opaque : NOTHING,
    other,
    ...named,
  ]);
}

/** Arguments that say what a tool that runs shell text does, and where. */
const OF_SHELL: ReadonlySet<ArgumentKind> = new Set<ArgumentKind>(['shell', 'path', 'text']);
const DIRECTORY = 'directory';

/**
 * Whether the tool does what its shell texts do, and nothing else that any of its arguments could ask for.
 */
function isShellTool(tool: ToolDefinition, texts: readonly Text[]): boolean {
  const values = texts.filter(({ isName }) => !isName);
  return (
    tool.arguments !== undefined &&
    values.some(({ kind }) => kind === 'shell') &&
    values.every(({ kind }) => kind !== null && OF_SHELL.has(kind)) &&
    texts.every(({ isName, text }) => !isName || Object.hasOwn(tool.arguments ?? {}, text))
  );
}

/** A text of a shell is read from where its tool says that the shell stands. */
function placeOfShell(
  tool: ToolDefinition | null,
  texts: readonly Text[],
  scene: Scene | null,
): Scene | null {
  const directory = texts.find(
    ({ isName, kind, member }) => !isName && member === DIRECTORY && kind === 'path',
  );
  if (tool === null || scene === null || directory === undefined || !isShellTool(tool, texts)) return scene;
  return { ...scene, directory: lexicalPath(directory.text, scene) };
}

/** An argument by what it is. */
function understandNamed({ isName, kind, text, where }: Text, input: ToUnderstand, whole: Meaning): Meaning {
  switch (kind) {
    case 'shell':
      return isName
        ? joinMeanings([whole, foundAt('opaque', where)])
        : understandShell(text, where, { scene: input.scene, protected: input.protected, whole });
    case 'url':
      return useUrl(text, where);
    case 'path':
      return understandPath(text, usesOf(input.tool), where, input);
    case 'pattern':
      return understandPattern(text, where, input);
    case 'host':
      // A name that is looked up, and perhaps a port.
      return useUrl(`http://${text}/`, where);
    case 'recipients':
      return isName ? NOTHING : understandRecipients(text, where);
    default:
      return NOTHING;
  }
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
    reversibility: settleReversibility({ ...meaning, effects, findings: lists.findings }),
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

/** As far as every part of it can be undone; with a snapshot, where that holds all that is changed. */
function settleReversibility(meaning: Meaning): Understanding['reversibility'] {
  const { effects, findings, reversibility } = settleUndo(meaning);
  if (reversibility !== 'with_snapshot' || onlyReads(effects)) return reversibility;
  const isHeld = effects.every((effect) => WITH_FILES.has(effect));
  return isHeld && findings.every(({ code }) => HIDES_NOTHING.has(code)) ? 'with_snapshot' : 'unknown';
}

/**
 * A snapshot of files gives back what was done to files: nothing that was sent or set up beside it. Whether
 * tests, builds and installs leave more than that their own rows say.
 */
const WITH_FILES: ReadonlySet<Effect> = new Set<Effect>([
  ...READ_ONLY_EFFECTS,
  'WRITE_PATCH',
  'DELETE',
  'REWRITE_HISTORY',
  'RUN_TESTS',
  'BUILD_ARTIFACT',
  'RUN_WORKSPACE_CODE',
  'INSTALL',
  'DOWNLOAD',
  'NETWORK_CALL',
]);

/** Found in what is written, not in where it goes: with any other finding it is not known what changes. */
const HIDES_NOTHING: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'personal_data_in_arguments',
  'secret_in_arguments',
  'high_entropy',
]);
