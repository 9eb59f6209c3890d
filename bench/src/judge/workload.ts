/** One rule of the workload: the same for every engine, in the smallest language that all of them have. */
export type WorkRule = {
  readonly id: string;
  readonly tool: string;
  readonly verdict: 'allow' | 'deny';
  /** It matches amounts of at least and at most this … */
  readonly least: number;
  readonly most: number;
  /** … in this zone, or in all. */
  readonly zone: string | null;
};

export type WorkRequest = { readonly tool: string; readonly amount: number; readonly zone: string };

const ZONES = ['north', 'east', 'south', 'west'];
/** One rule of five forbids, as in the measurements of others. */
const RULES_A_FORBID = 5;
export const AMOUNT_MAX = 1_000_000;

/** Rules spread evenly over tools: `count / tools` can match a call. */
export function rulesOver(count: number, tools: number): readonly WorkRule[] {
  return Array.from({ length: count }, (_, at) => {
    const tool = `tool.${at % tools}`;
    const nth = Math.floor(at / tools);
    const forbids = nth % RULES_A_FORBID === RULES_A_FORBID - 1;
    return forbids
      ? { id: `r${at}`, tool, verdict: 'deny', least: 900_000 + nth, most: AMOUNT_MAX, zone: null }
      : { id: `r${at}`, tool, verdict: 'allow', least: 0, most: 500_000 + nth, zone: ZONES[nth % 4] ?? '' };
  });
}

/** Calls of all tools, of which some are allowed, some forbidden and some matched by nothing. */
export function requestsOver(tools: number, count: number): readonly WorkRequest[] {
  return Array.from({ length: count }, (_, at) => ({
    tool: `tool.${(at * 7) % tools}`,
    amount: (at * 104_729) % AMOUNT_MAX,
    zone: ZONES[(at * 3) % 4] ?? '',
  }));
}

/** What is right, said without any engine. */
export function isAllowed(rules: readonly WorkRule[], { amount, tool, zone }: WorkRequest): boolean {
  const matching = rules.filter(
    (rule) =>
      rule.tool === tool &&
      amount >= rule.least &&
      amount <= rule.most &&
      (rule.zone === null || rule.zone === zone),
  );
  return matching.length > 0 && matching.every(({ verdict }) => verdict === 'allow');
}

/** An engine with the rules loaded: true for allowed. */
export type Ask = (request: WorkRequest) => boolean;
