/**
 * The colours of every page, light and dark: texts have a contrast of at least 4.5 to 1 (WCAG AA, tested).
 */
export const PALETTE = `\
:root { color-scheme: light dark; --ground: #ffffff; --raised: #f5f6f8; --line: #d3d8de; --text: #171b21;
  --faint: #535c67; --good: #0f5c2e; --good-ground: #e8f6ed; --warn: #734600; --warn-ground: #fff4dd;
  --bad: #8e1b1b; --bad-ground: #fdecec; --focus: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ground: #11151a; --raised: #1a2027; --line: #36404b;
  --text: #e7ebef; --faint: #a3adb8; --good: #86e0a5; --good-ground: #12291b; --warn: #f3c678;
  --warn-ground: #2c220f; --bad: #ffa7a0; --bad-ground: #311717; --focus: #7ab8f5; } }
`;
