/** What the stage said; a stage that is gone says nothing. */
export type Said = { readonly ok: boolean; readonly value: { readonly [name: string]: unknown } };

export function postTo(path: string, body: object): Promise<Said> {
  const headers = { 'content-type': 'application/json' };
  return read(fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

export function getFrom(path: string): Promise<Said> {
  return read(fetch(path));
}

async function read(asked: Promise<Response>): Promise<Said> {
  try {
    const response = await asked;
    const value: unknown = await response.json();
    // The members of an object are looked at one by one where they are used.
    const members = typeof value === 'object' && value !== null ? (value as Said['value']) : {};
    return { ok: response.ok, value: members };
  } catch {
    return { ok: false, value: { text: 'The stage does not answer. Was it stopped?' } };
  }
}

export function textIn({ value }: Said): string {
  return typeof value['text'] === 'string' ? value['text'] : 'That did not work.';
}
