/** The report of a linkage as one page that needs neither network nor script. */
import { escapeHtml, formatCount, formatNumber } from '../../report/format.ts'
import { pageOf, tile, type PageSection } from '../../report/html/page.ts'
import { cell, code, htmlTable } from '../../report/html/table.ts'
import { barsPlot } from '../../report/plot/reasons.ts'
import type { ClusterShown, LinkageReport } from '../content.ts'
import { percent, type PairExplanation } from '../pair.ts'
import { signed, waterfallSvg } from '../pair-svg.ts'
import { clusterPlot } from './graph-plot.ts'
import { modelPlot, weightsPlot } from './plots.ts'
import { LINKAGE_STYLE } from './style.ts'

const figure = (plot: string, wide = false): string => (plot === '' ? '' : `<div class="figure${wide ? ' wide' : ''}">${plot}</div>`)
const legend = (...items: readonly (readonly [kind: string, text: string])[]): string => `<div class="legend">${items.map(([kind, text]) => `<span><i class="${kind}"></i>${escapeHtml(text)}</span>`).join('')}</div>`
const nameOf = ({ id, source }: PairExplanation['a']): string => (source === '' ? cell(id) : `${cell(id)} <span class="none">${cell(source)}</span>`)

function compared({ a, b, values }: PairExplanation): string {
  const rows = values.filter(value => value.a !== '' || value.b !== '').map(value => {
    const mark = value.a === '' || value.b === '' ? '<span></span>' : value.same ? '<span class="same">=</span>' : '<span class="other">≠</span>'
    return `<span class="name">${escapeHtml(value.field)}</span><span>${value.a === '' ? '' : cell(value.a)}</span>${mark}<span>${value.b === '' ? '' : cell(value.b)}</span>`
  })
  return `<div class="compare"><span class="name">record</span><span class="head">${nameOf(a)}</span><span></span><span class="head">${nameOf(b)}</span>${rows.join('')}</div>`
}

/** What speaks for the pair and against it, the strongest first. */
function gist({ steps }: PairExplanation): string {
  const told = steps.filter(({ kind, weight }) => kind === 'comparison' && weight !== 0).sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight)).slice(0, 4)
  return told.map(({ name, level, weight }) => `${escapeHtml(name)} ${escapeHtml(level)} <i class="${weight > 0 ? 'plus' : 'minus'}">${signed(weight)}</i>`).join(', ')
}

function pairDetails(id: string, pair: PairExplanation, open: boolean): string {
  return (
    `<details${open ? ' open' : ''}><summary><span class="share">${percent(pair.probability)}</span><b>${nameOf(pair.a)} and ${nameOf(pair.b)}</b><span>${gist(pair)}</span></summary>` +
    `${compared(pair)}${figure(waterfallSvg(id, pair), true)}<p>${escapeHtml(pair.verdict.charAt(0).toUpperCase() + pair.verdict.slice(1))}. Found by ${code(pair.found_by)}.</p></details>`
  )
}

function weightsSection(report: LinkageReport): PageSection {
  const { pairs, thresholds, model } = report
  return {
    id: 'weights',
    heading: 'How sure the pairs are',
    short: 'Weights',
    body:
      `<p>Every pair that was compared, by its match weight. ${formatCount(pairs.match)} ${pairs.match === 1 ? 'pair lies' : 'pairs lie'} at ${percent(thresholds.match)} or above and hold records together; ${formatCount(pairs.review)} ${pairs.review === 1 ? 'lies' : 'lie'} in the band below, where only a person merges. The scale of pairs is logarithmic.</p>` +
      legend(['expected', 'expected to be the same'], ['others', 'the other pairs'], ['zone', 'for a person to decide']) +
      figure(weightsPlot(report), true) +
      `<p>Of the pairs compared, ${percent(model.lambda)} are estimated to match: with that every pair begins. The estimate ${model.converged ? 'settled' : 'had not settled'} after ${formatNumber(model.iterations, 'round')}.</p>`
  }
}

function modelSection({ model }: LinkageReport): PageSection {
  const number = { number: true }
  return {
    id: 'model',
    heading: 'What the model learnt',
    short: 'Model',
    body:
      '<p>For every level of agreement: its share among matching pairs (m) and among others (u). Their ratio, in bits, is what the level adds to a pair or takes from it. No labels were used.</p>' +
      (model.together.length === 0 ? '' : `<p>These also agree together among different things, so that what both say is counted once: ${model.together.map(({ x, y }) => `${code(model.comparisons[x]!.name)} with ${code(model.comparisons[y]!.name)}`).join(', ')}.</p>`) +
      legend(['expected', 'among matches (m)'], ['others', 'among others (u)'], ['agree', 'speaks for'], ['differ', 'speaks against']) +
      figure(modelPlot(model), true) +
      `<details><summary><b>The same as figures</b></summary>${htmlTable(
        'Comparisons and their levels',
        [{ heading: 'Comparison' }, { heading: 'Compared as' }, { heading: 'Level' }, { heading: 'm', ...number }, { heading: 'u', ...number }, { heading: 'Bits', ...number }],
        model.comparisons.flatMap(({ name, type, term_frequency, levels }) => levels.map(({ label, m, u, weight }, at) => [at === 0 ? code(name) : '', at === 0 ? `${cell(type)}${term_frequency ? ' <span class="chip">rare values weigh more</span>' : ''}` : '', cell(label), String(m), String(u), String(weight / 1000)]))
      )}</details>`
  }
}

function blockingSection({ model: { plan }, pairs }: LinkageReport): PageSection {
  const number = { number: true }
  const left = plan.rules.filter(({ pairs_left_out }) => pairs_left_out > 0)
  const share = pairs.possible === 0 ? 0 : pairs.compared / pairs.possible
  return {
    id: 'blocking',
    heading: 'What was never compared',
    short: 'Blocking',
    body:
      `<p>Of ${formatCount(pairs.possible)} possible pairs, ${formatCount(pairs.compared)} were compared (${share >= 0.001 ? percent(share) : `1 in ${formatCount(Math.round(1 / Math.max(share, 1e-15)))}`}): those that share at least one of these keys. A pair that shares none is never seen, and no report can show it.` +
      `${left.length === 0 ? ' No block was too large.' : ` Blocks that were too large were left out: ${formatCount(left.reduce((sum, { pairs_left_out }) => sum + pairs_left_out, 0))} pairs, unless another key finds them.`}</p>` +
      htmlTable(
        'Blocking rules',
        [{ heading: 'Key' }, { heading: 'Used' }, { heading: 'Pairs by itself', ...number }, { heading: 'Blocks left out', ...number }, { heading: 'Pairs left out', ...number }, { heading: 'Why' }],
        plan.rules.map(rule => [code(rule.name), `<span class="chip ${rule.used ? 'used' : ''}">${rule.used ? 'used' : 'not used'}</span>`, formatCount(rule.estimated_pairs), formatCount(rule.blocks_left_out), formatCount(rule.pairs_left_out), cell(rule.reason)])
      )
  }
}

function sizesSection({ sizes, largest, splits, records, entities }: LinkageReport): PageSection {
  const shown = sizes.filter(({ entities: count }) => count > 0)
  const name = (from: number, to: number): string => (from === 1 ? 'one record' : from === to ? `${from} records` : to === 0 ? `${formatCount(from)} and more` : `${from} to ${to} records`)
  return {
    id: 'clusters',
    heading: 'How large the entities are',
    short: 'Sizes',
    body:
      `<p>${formatNumber(records, 'record')} became ${formatNumber(entities, 'entity', 'entities')}; the largest holds ${formatNumber(largest, 'record')}.${splits.length === 0 ? ' None had to be taken apart at a weak bridge.' : ` ${formatNumber(splits.length, 'group was', 'groups were')} taken apart at weak bridges: ${splits.slice(0, 12).map(({ records: size, into }) => `${formatCount(size)} records into ${into}`).join(', ')}${splits.length > 12 ? ', …' : ''}.`}</p>` +
      figure(barsPlot('sizes', 'Entities by number of records', shown.map(({ from, to, entities: count }) => ({ name: name(from, to), count, kind: from === 1 ? 'quiet-bar' : 'after' }))))
  }
}

function clusterDetails(cluster: ClusterShown, at: number): string {
  const { entity, size, members, fields, links, equal, holds_until, weakest, bridges, doubts } = cluster
  const sources = members.some(({ source }) => source !== '')
  const reasons = [
    `<li>${formatNumber(links, 'link holds', 'links hold')} its ${formatNumber(size, 'record')}${equal > 0 ? `; ${formatNumber(equal, 'record equals', 'records equal')} another in every compared field` : ''}.</li>`,
    holds_until === null ? '' : `<li>It would fall apart if only pairs above <b>${percent(holds_until)}</b> were merged.</li>`,
    bridges.length === 0 ? '<li>No single link parts it: every record is held by two ways at least.</li>' : `<li>${bridges.length === 1 ? 'One link, if undone, parts it' : `Each of ${formatCount(bridges.length)} links, if undone, parts it`}: ${bridges.slice(0, 4).map(({ a, b, sides, probability }) => `${code(a)}–${code(b)} (${percent(probability)}; ${sides[0]} and ${sides[1]} records)`).join(', ')}${bridges.length > 4 ? ', …' : ''}.</li>`,
    doubts.length === 0 ? '' : `<li>${formatNumber(doubts.length, 'pair', 'pairs')} within it would not have merged alone.</li>`
  ]
  const [cut] = bridges
  const undo = cut === undefined || cut.role === 'must-link' ? '' : `<p>To part it there, one line in the decisions: <code>${escapeHtml(`{"decision":"cannot-link","a":${JSON.stringify(cut.a)},"b":${JSON.stringify(cut.b)},"by":"…","at":"…"}`)}</code></p>`
  return (
    `<details${at < 2 ? ' open' : ''}><summary><b>${cell(entity)}</b><span>${formatNumber(size, 'record')}, ${formatNumber(links, 'link')}${holds_until === null ? '' : `, holds until ${percent(holds_until)}`}</span></summary>` +
    `<div class="sides">${figure(clusterPlot(`cluster-${at}`, cluster))}<div><ul class="why">${reasons.join('')}</ul>${undo}` +
    htmlTable(
      `Records of ${entity}`,
      [{ heading: '' }, { heading: 'Record' }, ...(sources ? [{ heading: 'Source' }] : []), ...fields.map(heading => ({ heading }))],
      members.map((member, index) => [String(index + 1), cell(member.id), ...(sources ? [cell(member.source)] : []), ...member.values.map(cell)])
    ) +
    `${size > members.length ? `<p class="more">and ${formatNumber(size - members.length, 'more record')}</p>` : ''}</div></div>` +
    `${weakest === null ? '' : `<h3>Its weakest link: ${nameOf(weakest.a)} and ${nameOf(weakest.b)}</h3>${figure(waterfallSvg(`cluster-${at}-weakest`, weakest), true)}`}</details>`
  )
}

function fieldsSection({ fields }: LinkageReport): PageSection {
  const number = { number: true }
  return {
    id: 'fields',
    heading: 'What was compared',
    short: 'Fields',
    body:
      '<p>Each column with what it was taken for. Ids and sources are never evidence. The profile can say otherwise.</p>' +
      htmlTable('Fields', [{ heading: 'Field' }, { heading: 'Compared as' }, { heading: 'By' }, { heading: 'Filled', ...number }, { heading: 'Distinct', ...number }, { heading: 'Why' }], fields.map(({ name, type, origin, reason, filled, distinct }) => [code(name), type === 'ignored' ? '<span class="none">not compared</span>' : cell(type), cell(origin), formatCount(filled), formatCount(distinct), cell(reason)]))
  }
}

/** The page as text. */
export function linkagePage(report: LinkageReport): string {
  const { records, entities, merged, pairs, decisions, review, review_open, merges, clusters, revealed } = report
  const made = decisions['must-link'] + decisions['cannot-link']
  const sections: PageSection[] = [
    weightsSection(report),
    ...(review.length === 0 ? [] : [{ id: 'review', heading: 'For a person to decide', short: 'Review', body: `<p>Nobody merges these but a person: ${formatNumber(review_open, 'pair is', 'pairs are')} open. The most telling first${review_open > review.length ? `, ${review.length} of them` : ''}. Decide without this page, blind: <code>hotpass resolve review</code>.</p>${review.map((pair, at) => pairDetails(`review-${at}`, pair, at < 1)).join('')}` }]),
    ...(merges.length === 0 ? [] : [{ id: 'merges', heading: 'The least sure of the merges', short: 'Merges', body: `<p>Pairs that hold records together, the weakest first: if these convince, the others will.</p>${merges.map((pair, at) => pairDetails(`merge-${at}`, pair, at < 1)).join('')}` }]),
    ...(clusters.length === 0 ? [] : [{ id: 'entities', heading: 'Why together, and what would part them', short: 'Entities', body: `<p>Entities of three and more records that hang by the weakest links, and the largest ones.</p>${legend(['agree', 'link'], ['differ', 'link whose loss alone parts it'], ['must-link', 'decided by a person'], ['doubt', 'would not merge alone'])}${clusters.map(clusterDetails).join('')}` }]),
    sizesSection(report),
    modelSection(report),
    blockingSection(report),
    fieldsSection(report)
  ]
  return pageOf({
    title: report.title,
    lead: `${formatNumber(records, 'record')} are ${formatNumber(entities, 'entity', 'entities')}. ${review_open === 0 ? 'Nothing is left for a person to decide.' : `${formatNumber(review_open, 'pair is', 'pairs are')} left for a person to decide.`}`,
    run_id: report.run_id,
    tiles: tile('in', formatCount(records), 'records') + tile('data', formatCount(entities), 'entities') + tile('merged', formatCount(merged), 'records merged into another') + tile('used', formatCount(pairs.compared), 'pairs compared') + tile('quarantined', formatCount(review_open), 'pairs for a person') + tile('score', formatCount(made), made === 1 ? 'decision honoured' : 'decisions honoured'),
    sections,
    footer: `Written by Hotpass. ${revealed ? 'This page shows personal values as they are: it was asked to.' : 'Values of persons are masked.'} This page loads nothing from anywhere.`,
    style: LINKAGE_STYLE
  })
}
