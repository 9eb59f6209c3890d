import { createHash } from 'node:crypto';
import type { StageScripts } from '../../../files/page-scripts.ts';
import { BODY } from './body.ts';
import { STYLE } from './style.ts';

/** The one document of the stage, and what a browser may do with it. */
export type StagePage = { readonly html: string; readonly policy: string };

/** No data is in it: everything comes over `/events` and becomes text there. */
export function buildStagePage({ verifier, stage }: StageScripts): StagePage {
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    '<title>Writ on a stage</title>',
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    BODY,
    `<script>${verifier}</script>`,
    `<script>${stage}</script>`,
    '</body>',
    '</html>\n',
  ].join('\n');
  return { html, policy: policyOf(verifier, stage) };
}

/** Only these two programs and this style, and only the door that served them. */
function policyOf(verifier: string, stage: string): string {
  return [
    "default-src 'none'",
    `script-src ${sourceOf(verifier)} ${sourceOf(stage)}`,
    `style-src ${sourceOf(STYLE)}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
