import { describe, expect, it } from 'vitest';
import { bad, good } from '../../src/terminal/line.ts';
import { openOutput, printAscii } from '../../src/terminal/output.ts';

function open(options: { isTerminal: boolean; json?: boolean; colourless?: boolean }) {
  const texts = { out: '', error: '' };
  const { isTerminal, json = false, colourless = false } = options;
  const output = openOutput({
    out: { write: (text) => (texts.out += text), isTerminal },
    error: { write: (text) => (texts.error += text), isTerminal },
    json,
    colourless,
  });
  return { output, texts };
}

describe('openOutput', () => {
  it('colours on a terminal only', () => {
    const { output, texts } = open({ isTerminal: true });
    output.say(good('fine'));
    expect(texts.out).toBe('\u001b[32mfine\u001b[0m\n');
    const piped = open({ isTerminal: false });
    piped.output.say(good('fine'));
    expect(piped.texts.out).toBe('fine\n');
    const plain = open({ isTerminal: true, colourless: true });
    plain.output.say(good('fine'));
    expect(plain.texts.out).toBe('fine\n');
  });

  it('encodes every line, on stderr too', () => {
    const { output, texts } = open({ isTerminal: false });
    output.say(good('a\u001b[2J'));
    output.complain(bad('b\u202e'));
    output.progress('c\u0007');
    expect(texts.out + texts.error).toBe('a\\u{1b}[2J\nb\\u{202e}\nc\\u{7}\n');
  });

  it('prints one line of JSON and no other under --json', () => {
    const { output, texts } = open({ isTerminal: false, json: true });
    output.say(good('kept back'));
    output.report({ exit: 0, lines: [good('kept back')], json: { exit: 0 } });
    expect(texts.out).toBe('{"exit":0}\n');
  });
});

describe('printAscii', () => {
  it('holds no character outside ASCII and means the same', () => {
    const value = { text: 'ü\u202e\u009b😀\u007f', size: 12n };
    const text = printAscii(value);
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(text)).toEqual({ ...value, size: '12' });
  });
});
