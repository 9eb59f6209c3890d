import type { IncomingMessage } from 'node:http';
import { checkSingleFields, type Place, refusePlace } from '@writ/cell';
import { EXHIBITS } from '../entry.ts';
import type { Stage } from '../stage.ts';
import { DOOR_LIMITS } from './limits.ts';
import { readAsked } from './read-asked.ts';
import { readBody } from './read-body.ts';

export type StageReply =
  | { readonly kind: 'page' | 'events' }
  | { readonly kind: 'json'; readonly status: number; readonly value: object };

/** Decides what a request of a page is answered; nothing else is served here. */
export type Answer = (place: Place, request: IncomingMessage) => Promise<StageReply>;

const ENTRY = /^\/entries\/([1-9]\d{0,8})$/;

/** `again` lets the scripted agent work once more; false while it works. */
export function answerFor(stage: Stage, again: () => boolean): Answer {
  let asked = 0;
  const post = async (path: string, request: IncomingMessage): Promise<StageReply> => {
    // A page of this door says where it is from; whoever does not is no page.
    if (request.headers.origin === undefined) return refuse(403, 'a page says where it is from');
    const body = await readBody(request);
    if (body === null) return refuse(400, 'a JSON object is wanted, and not that much of it');
    if (path === '/agent') return again() ? said(202, { begun: true }) : refuse(409, 'the agent is at work');
    const exhibit = EXHIBITS.find((name) => path === `/exhibits/${name}`);
    if (exhibit !== undefined) {
      return stage.exhibits.begin(exhibit)
        ? said(202, { begun: true })
        : refuse(409, 'another one is under way');
    }
    if (path !== '/proposals') return refuse(404, 'nothing is here');
    const { typed } = body;
    const read = typeof typed === 'string' ? readAsked(typed) : null;
    if (read === null || read.kind === 'refused') return refuse(422, read?.text ?? 'typed is a string');
    if (asked >= DOOR_LIMITS.asked_max) return refuse(429, 'the cell still works on what was asked before');
    asked += 1;
    try {
      return said(200, { number: await stage.act(read.asked) });
    } finally {
      asked -= 1;
    }
  };
  return async (place, request) => {
    if (!isHere(place, request)) return refuse(403, 'this door is at localhost, and for its own page');
    const path = request.url ?? '';
    if (request.method === 'POST') return post(path, request);
    if (request.method !== 'GET') return refuse(405, 'GET or POST');
    if (path === '/') return { kind: 'page' };
    if (path === '/events') return { kind: 'events' };
    const detail = stage.board.detail(Number(ENTRY.exec(path)?.[1] ?? 0));
    return detail === null ? refuse(404, 'nothing is here') : said(200, detail);
  };
}

/** The rules of the cell's own door: exact names, one of each, no page of another origin. */
function isHere(place: Place, { headers, rawHeaders }: IncomingMessage): boolean {
  try {
    checkSingleFields(rawHeaders);
  } catch {
    return false;
  }
  return refusePlace(place, headers) === null;
}

function said(status: number, value: object): StageReply {
  return { kind: 'json', status, value };
}

function refuse(status: number, text: string): StageReply {
  return said(status, { text });
}
