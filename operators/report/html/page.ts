/** The HTML report: one page that needs neither network nor script. */
import type { Report } from '../../../schemas/generated/report.ts'
import { escapeHtml, formatCount, formatNumber } from '../format.ts'
import { leadOf } from '../lead.ts'
import { FOOTER, framedPage } from './frame.ts'
import { SCRIPT, SCRIPT_HASH } from './script.ts'
import { sectionsOf } from './sections.ts'

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

/** A page of sections, with their list. */
export function pageOf({ title, lead, run_id, tiles, sections, footer, style = '' }: Page): string {
  const shown = sections.map(({ id, heading, body }) => `<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${escapeHtml(heading)}</h2>${body}</section>`)
  return framedPage({
    title,
    lead: `<p class="lead">${escapeHtml(lead)}</p><p class="run">${escapeHtml(run_id)}</p>`,
    navigation: 'Sections',
    links: sections.map(({ id, short }) => ({ href: `#${id}`, text: short })),
    body: `<ul class="tiles">${tiles}</ul>\n${shown.join('\n')}`,
    footer,
    style,
    script: { text: SCRIPT, hash: SCRIPT_HASH }
  })
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
    footer: FOOTER
  })
}
