/** The HTML report: one page that needs neither network nor script. */
import type { Report } from '../../../schemas/generated/report.ts'
import { escapeHtml, formatCount, formatNumber } from '../format.ts'
import { leadOf } from '../lead.ts'
import { SCRIPT, SCRIPT_HASH } from './script.ts'
import { sectionsOf } from './sections.ts'
import { STYLE } from './style.ts'

/** No address may be loaded, and no script but the page's own may run, whatever a value of the data looks like. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`

function tile(kind: string, value: string, name: string): string {
  return `<li class="${kind}"><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></li>`
}

/** The page as text. */
export function htmlPage(report: Report): string {
  const { summary } = report
  const sections = sectionsOf(report)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Hotpass">
<title>${escapeHtml(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top"><div class="wrap"><h1>${escapeHtml(report.title)}</h1><p class="lead">${escapeHtml(leadOf(report))}</p><p class="run">${escapeHtml(report.run_id)}</p></div></header>
<nav aria-label="Sections"><div class="wrap"><ul>${sections.map(({ id, short }) => `<li><a href="#${id}">${escapeHtml(short)}</a></li>`).join('')}</ul></div></nav>
<main id="main"><div class="wrap">
<ul class="tiles">${tile('in', formatCount(summary.rows_in), `rows in, from ${formatNumber(summary.files, 'file')}`)}${tile('used', formatCount(summary.used), 'used')}${tile('merged', formatCount(summary.merged), 'merged into another')}${tile('quarantined', formatCount(summary.quarantined), 'quarantined')}${tile('data', formatCount(summary.entities), 'rows in the dataset')}${tile('score', String(Math.round(summary.quality_mean * 100) / 100), 'mean quality, of 1')}</ul>
${sections.map(({ id, heading, body }) => `<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${escapeHtml(heading)}</h2>${body}</section>`).join('\n')}
</div></main>
<footer><div class="wrap">Written by Hotpass. Values of persons are masked. This page loads nothing from anywhere.</div></footer>
<script>${SCRIPT}</script>
</body>
</html>
`
}
