/** The HTML report: one page that needs neither network nor script. */
import type { Report } from '../../../schemas/generated/report.ts'
import { escapeHtml, formatCount, formatNumber } from '../format.ts'
import { leadOf } from '../lead.ts'
import { SCRIPT, SCRIPT_HASH } from './script.ts'
import { sectionsOf } from './sections.ts'
import { STYLE } from './style.ts'

/** No address may be loaded, and no script but the page's own may run, whatever a value of the data looks like. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`

/** One figure at the top of a page. `kind` gives the colour of its edge. */
export function tile(kind: string, value: string, name: string): string {
  return `<li class="${kind}"><b>${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></li>`
}

export interface PageSection {
  readonly id: string
  readonly heading: string
  /** For the list of sections. */
  readonly short: string
  readonly body: string
}

export interface Page {
  readonly title: string
  readonly lead: string
  readonly run_id: string
  /** Tiles at the top, each made by `tile`. */
  readonly tiles: string
  readonly sections: readonly PageSection[]
  readonly footer: string
  /** Rules besides those of every page. */
  readonly style?: string
}

/** A page of its own: no address is loaded, and nothing in a value can become part of it. */
export function pageOf({ title, lead, run_id, tiles, sections, footer, style = '' }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Hotpass">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top"><div class="wrap"><h1>${escapeHtml(title)}</h1><p class="lead">${escapeHtml(lead)}</p><p class="run">${escapeHtml(run_id)}</p></div></header>
<nav aria-label="Sections"><div class="wrap"><ul>${sections.map(({ id, short }) => `<li><a href="#${id}">${escapeHtml(short)}</a></li>`).join('')}</ul></div></nav>
<main id="main"><div class="wrap">
<ul class="tiles">${tiles}</ul>
${sections.map(({ id, heading, body }) => `<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${escapeHtml(heading)}</h2>${body}</section>`).join('\n')}
</div></main>
<footer><div class="wrap">${escapeHtml(footer)}</div></footer>
<script>${SCRIPT}</script>
</body>
</html>
`
}

/** The page as text. */
export function htmlPage(report: Report): string {
  const { summary } = report
  return pageOf({
    title: report.title,
    lead: leadOf(report),
    run_id: report.run_id,
    tiles: `${tile('in', formatCount(summary.rows_in), `rows in, from ${formatNumber(summary.files, 'file')}`)}${tile('used', formatCount(summary.used), 'used')}${tile('merged', formatCount(summary.merged), 'merged into another')}${tile('quarantined', formatCount(summary.quarantined), 'quarantined')}${tile('data', formatCount(summary.entities), 'rows in the dataset')}${tile('score', String(Math.round(summary.quality_mean * 100) / 100), 'mean quality, of 1')}`,
    sections: sectionsOf(report),
    footer: 'Written by Hotpass. Values of persons are masked. This page loads nothing from anywhere.'
  })
}
