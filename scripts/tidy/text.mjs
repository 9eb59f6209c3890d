// What no file may say, whatever its kind.

/** Places of one machine, and where its packages came from: neither belongs into the source. */
const MACHINE = [
  [
    /(?<![\w.$/-])\/(?:home|root|Users|work|mnt|private|workspace)\/[\w.-]/,
    'an absolute path of one machine',
  ],
  [/\b[A-Z]:\\(?:Users|Windows)\\/, 'an absolute path of one machine'],
  [/https?:\/\/[^\s"']*(?:registry|artifactory|nexus|verdaccio)[^\s"']*/i, 'a registry host'],
  [/"resolved": "https?:/, 'a registry host'],
];

/** Files whose content is foreign text on purpose. */
const FOREIGN = /^(vectors\/third-party\/|vectors\/.*(?<!\.(json|mjs))$|LICENSE$)/;
/** Files in which a planted path is the point. */
const PLANTED = /^(scripts\/(tidy|walls)\/|packages\/understand\/|policies\/|vectors\/|spec\/)|\/test\//;

const CONFLICT = /^(<{7}|={7}|>{7})( |$)/;

export const checkText = ({ path, text, lines }, report) => {
  if (FOREIGN.test(path)) return;
  if (text !== '' && !text.endsWith('\n')) report('error', path, lines.length, 'final-newline', 'is missing');
  if (text.includes('\r')) report('error', path, 0, 'line-ends', 'carriage return');
  for (const [index, line] of lines.entries()) {
    if (CONFLICT.test(line)) report('error', path, index + 1, 'conflict', 'a merge was not finished');
    if (PLANTED.test(path)) continue;
    for (const [pattern, what] of MACHINE) {
      if (pattern.test(line))
        report('error', path, index + 1, 'machine', `${what}: ${line.trim().slice(0, 80)}`);
    }
  }
};
