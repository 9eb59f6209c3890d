// Whether what ran was predicted.

/** Of the runs, those that no predicted one stands for. */
export const unpredicted = (ran, traced) => ran.filter((run) => !traced.some((one) => fits(one, run)));

const fits = ({ program, words }, run) =>
  fitsWord(program, run.program, true) && fitsWords(words, 0, run.words, 0);

const fitsWords = (words, at, given, from) => {
  const word = words[at];
  if (word === undefined) return from === given.length;
  if (word.kind === 'literal')
    return from < given.length && fitsWord(word, given[from]) && fitsWords(words, at + 1, given, from + 1);
  const many = word.kind === 'pattern' || word.many;
  const least = word.kind === 'pattern' ? 1 : many && word.prefix === '' && word.suffix === '' ? 0 : 1;
  const most = many ? given.length - from : Math.min(1, given.length - from);
  for (let count = least; count <= most; count++) {
    const some = given.slice(from, from + count);
    if (count > 0 && !fitsSome(word, some)) continue;
    if (fitsWords(words, at + 1, given, from + count)) return true;
  }
  return false;
};

/** Of several words that one became, only the ends are known. */
const fitsSome = (word, some) => {
  if (word.kind === 'pattern')
    return some.every((one) => one.startsWith(word.prefix) && one.endsWith(word.suffix));
  return some[0].startsWith(word.prefix) && some.at(-1).endsWith(word.suffix);
};

const fitsWord = (word, text, isProgram = false) => {
  if (word.kind !== 'literal') return text.startsWith(word.prefix) && text.endsWith(word.suffix);
  const plain = isProgram ? word.text.slice(word.text.lastIndexOf('/') + 1) : word.text;
  return plain === text || (isPipe(plain) && isPipe(text));
};

/** Which number a pipe gets is nobody's business. */
const isPipe = (text) => /^\/dev\/fd\/\d+$/.test(text);
