// Golden cases and the pages that define them must be usable by another implementation.

const isCase = (value) =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  ('reason' in value || 'valid' in value);

/** Cases are the members of a top-level array, or of the arrays under these names. */
const casesOf = (value) => {
  if (Array.isArray(value)) return value;
  if (value === null || typeof value !== 'object') return [];
  const lists = ['cases', 'vectors', 'valid', 'invalid'].map((name) => value[name]);
  return lists.filter((list) => Array.isArray(list)).flat();
};

export const checkVectors = ({ path, text }, report) => {
  if (!/^vectors\/.*\.json$/.test(path) || /^vectors\/(third-party|generate)\//.test(path)) return;
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    report('error', path, 0, 'vectors', `not JSON: ${error.message}`);
    return;
  }
  const cases = casesOf(value);
  if (cases.length === 0) {
    report('error', path, 0, 'vectors', 'no cases');
    return;
  }
  for (const [index, one] of cases.entries()) {
    if (!isCase(one)) report('error', path, 0, 'vectors', `case ${index} says neither reason nor valid`);
    else if ('reason' in one && (typeof one.reason !== 'string' || one.reason.trim() === '')) {
      report('error', path, 0, 'vectors', `case ${index} has an empty reason`);
    }
  }
};

/** Paragraphs are cited by number, so a page begins with its own and numbers its sections from it. */
export const checkSpec = ({ path, lines }, report) => {
  const page = /^spec\/(\d{2})-/.exec(path);
  if (page === null) return;
  if (!/^# \S/.test(lines[0])) report('error', path, 1, 'spec', 'the first line is not a title');
  const sections = lines.filter((line) => /^#{2,3} /.test(line));
  const plain = lines.filter((line) => /^\s*(?:\*\*)?\d+(\.\d+)*\.?(?:\*\*)?\s/.test(line));
  if (sections.length + plain.length === 0) report('error', path, 0, 'spec', 'nothing in it is numbered');
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('## ') && !/^## (?:§ ?)?[\dA-Z]+(?:\.\d+)*[.)]?\s/.test(line)) {
      report('error', path, index + 1, 'spec', `section without a number: ${line}`);
    }
  }
};
