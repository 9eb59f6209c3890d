/** A line for people. The tone is a colour where there is one; the text says everything without it. */
export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'strong' | 'faint';

export type Line = { readonly tone: Tone; readonly text: string };

export function plain(text: string): Line {
  return { tone: 'plain', text };
}

export function good(text: string): Line {
  return { tone: 'good', text };
}

export function bad(text: string): Line {
  return { tone: 'bad', text };
}

export function warn(text: string): Line {
  return { tone: 'warn', text };
}

export function strong(text: string): Line {
  return { tone: 'strong', text };
}

export function faint(text: string): Line {
  return { tone: 'faint', text };
}
