/** The sections of the HTML report, each from its part of the content. A section without content is ''. */
import type { Report } from '../../../schemas/generated/report.ts'
import { BASIS } from '../basis.ts'
import { escapeHtml, formatCount, formatNumber, formatShare } from '../format.ts'
import { DECISION_HEADS, decisionRows } from '../decisions.ts'
import { DIALECT_HEADS, dialectRows } from '../dialects.ts'
import { fillPlot } from '../plot/fill.ts'
import { flowPlot } from '../plot/flow.ts'
import { histogramPlot } from '../plot/histogram.ts'
import { barsPlot } from '../plot/reasons.ts'
import { cell, code, htmlTable } from './table.ts'

export interface Section {
  readonly id: string
  readonly heading: string
  /** For the list of sections. */
  readonly short: string
  readonly body: string
}

function figure(plot: string, wide = false): string {
  return plot === '' ? '' : `<div class="figure${wide ? ' wide' : ''}">${plot}</div>`
}

function place(file: string, sheet: string, range = ''): string {
  return `${sheet === '' || file.startsWith(`${sheet}.`) ? cell(file) : `${cell(file)} › ${cell(sheet)}`}${range === '' ? '' : ` › ${cell(range)}`}`
}

function chip(text: string): string {
  return `<span class="chip ${text === 'entity' || text === 'error' ? text : ''}">${escapeHtml(text)}</span>`
}

function reconciliationSection({ files, reconciliation, sheets }: Report): Section {
  const { tables, total } = reconciliation
  const difference = total.rows_in - total.used - total.merged - total.quarantined
  const mark = total.balanced && tables.every(({ counts }) => counts.balanced) ? 'the sum holds for every table' : total.balanced ? 'the sum holds, but not for every table' : `differs by ${formatCount(Math.abs(difference))}`
  const rows = tables.map(({ file, sheet, range, role, counts }) => [
    place(file, sheet, range), chip(role), formatCount(counts.rows_in), formatCount(counts.used), formatCount(counts.merged), formatCount(counts.quarantined), counts.balanced ? '=' : '≠'
  ])
  const number = { number: true }
  const dialects = dialectRows(files)
  const decisions = decisionRows(sheets, place)
  const excluded = sheets.flatMap(({ file, sheet, excluded: lines }) => lines.filter(({ rows: count }) => count > 0).map(({ reason, rows: count, where }) => [place(file, sheet), code(reason), formatCount(count), cell(where)]))
  return {
    id: 'reconciliation',
    heading: 'Where the rows went',
    short: 'Rows',
    body:
      `<p>Every row that was read is used, merged into another one, or in quarantine with a reason.</p>` +
      `<div class="sum"><b>${formatCount(total.rows_in)}</b> ${total.rows_in === 1 ? 'row' : 'rows'} in <i>=</i> <span class="used"><b>${formatCount(total.used)}</b> used</span> <i>+</i> <span class="merged"><b>${formatCount(total.merged)}</b> merged</span> <i>+</i> <span class="quarantined"><b>${formatCount(total.quarantined)}</b> quarantined</span><span class="mark">${mark}</span></div>` +
      figure(flowPlot(reconciliation), true) +
      htmlTable(
        'Rows in, used, merged and quarantined by table',
        [{ heading: 'Table' }, { heading: 'Role' }, { heading: 'Rows in', ...number }, { heading: 'Used', ...number }, { heading: 'Merged', ...number }, { heading: 'Quarantined', ...number }, { heading: 'Sum', ...number }],
        rows,
        ['Total', '', formatCount(total.rows_in), formatCount(total.used), formatCount(total.merged), formatCount(total.quarantined), total.balanced ? '=' : '≠']
      ) +
      (sheets.length === 0
        ? ''
        : `<h3>Sheets</h3>${htmlTable(
            'Rows of every sheet',
            [{ heading: 'Sheet' }, { heading: 'State' }, { heading: 'Rows with content', ...number }, { heading: 'Rows of data', ...number }, { heading: 'Titles, headers, totals, notes', ...number }, { heading: 'Sum', ...number }],
            sheets.map(sheet => [place(sheet.file, sheet.sheet), chip(sheet.state), formatCount(sheet.rows_present), formatCount(sheet.rows_data), formatCount(sheet.rows_excluded), sheet.balanced ? '=' : '≠'])
          )}`) +
      (dialects.length === 0 ? '' : `<h3>Delimited text</h3>${htmlTable('How delimited text was read', DIALECT_HEADS.map(heading => ({ heading })), dialects.map(row => row.map(cell)))}`) +
      (excluded.length === 0 ? '' : `<h3>Rows that are no data</h3>${htmlTable('Rows that are no data, by reason', [{ heading: 'Sheet' }, { heading: 'Reason' }, { heading: 'Rows', ...number }, { heading: 'Where' }], excluded)}`) +
      (decisions.rows.length === 0
        ? ''
        : `<h3>How the tables were found</h3>${htmlTable('Decisions on the sheets, with their reasons', DECISION_HEADS.map(heading => ({ heading })), decisions.rows.map(([at, what, where, why]) => [at!, code(what!), cell(where!), cell(why!)]))}` +
          (decisions.left_out === 0 ? '' : `<p>${formatCount(decisions.left_out)} more are in the report as JSON.</p>`))
  }
}

function qualitySection({ score, budgets, entity }: Report): Section {
  const flags = barsPlot('flags', 'What is missing or invalid', score.flags.map(({ name, count }) => ({ name, count, kind: 'count' })))
  const limits = htmlTable(
    'Budgets of the profile',
    [{ heading: 'Budget' }, { heading: 'Actual', number: true }, { heading: 'Limit', number: true }, { heading: '' }],
    budgets.map(({ name, limit, actual, breached }) => [code(name), formatShare(actual), formatShare(limit), breached ? '<span class="chip error">above the limit</span>' : '<span class="chip">within the limit</span>'])
  )
  return {
    id: 'quality',
    heading: 'Data quality',
    short: 'Quality',
    body:
      `<p>How complete and valid each ${escapeHtml(entity)} is, from 0 to 1, and what it lacks.</p><div class="pair"><div>${figure(histogramPlot(score))}</div><div>${figure(flags)}</div></div>` +
      (limits === '' ? '' : `<h3>Budgets</h3>${limits}`)
  }
}

function fillSection({ fill }: Report): Section {
  const number = { number: true }
  return {
    id: 'fill',
    heading: 'Filled cells, before and after',
    short: 'Filled cells',
    body:
      `<p>The share of cells with a value, of the rows as they were read and of the rows of the dataset.</p><div class="legend"><span><i class="before"></i>as read</span><span><i class="after"></i>in the dataset</span></div>${figure(fillPlot(fill), true)}` +
      `<details><summary><b>The same as figures</b></summary>${htmlTable(
        'Filled cells by field',
        [{ heading: 'Field' }, { heading: 'Type' }, { heading: 'Filled, as read', ...number }, { heading: 'of rows', ...number }, { heading: 'share', ...number }, { heading: 'Filled, dataset', ...number }, { heading: 'of rows', ...number }, { heading: 'share', ...number }],
        fill.map(line => [code(line.field), cell(line.type), formatCount(line.before), formatCount(line.before_of), formatShare(line.before_share), formatCount(line.after), formatCount(line.after_of), formatShare(line.after_share)])
      )}</details>`
  }
}

function mappingSection({ sources, extras, inferred, joins }: Report): Section {
  const blocks = sources.map(source => {
    const mapped = source.columns.filter(({ target }) => target !== null).length
    return (
      `<details${sources.length <= 4 ? ' open' : ''}><summary><b>${place(source.file, source.sheet, source.range)}</b>${chip(source.role)}<span>${formatNumber(source.rows, 'row')}, ${mapped} of ${formatNumber(source.columns.length, 'column')} mapped${source.group === '' ? '' : `, group ${escapeHtml(source.group)}`}</span></summary>` +
      `<p>${cell(source.role_reason)}</p>` +
      `${htmlTable(
        `Columns of ${source.table}`,
        [{ heading: 'Column' }, { heading: 'Header' }, { heading: 'Field' }, { heading: 'Confidence', number: true }, { heading: 'Reason' }],
        source.columns.map(({ letter, header, target, extra, confidence, reason }) => [
          cell(letter), cell(header), target !== null ? code(target) : extra === null ? '<span class="none">not used</span>' : `<span class="chip">extra</span> ${cell(extra)}`, target === null ? '' : String(Math.round(confidence * 100) / 100), cell(reason)
        ])
      )}</details>`
    )
  })
  const joined = htmlTable(
    'How satellite rows found their entity',
    [{ heading: 'Sheet' }, { heading: 'By key', number: true }, { heading: 'By name', number: true }, { heading: 'Orphans', number: true }],
    joins.map(({ file, sheet, by_key, by_name, orphans }) => [place(file, sheet), formatCount(by_key), formatCount(by_name), formatCount(orphans)])
  )
  return {
    id: 'mapping',
    heading: 'Columns and tables',
    short: 'Columns',
    body:
      `<p>${inferred ? 'The fields were inferred from the input.' : 'The fields are those of the profile.'} No two columns land on one field unseen; columns without a field are kept as extras.</p>` +
      blocks.join('') +
      (extras.length === 0 ? '' : `<h3>Extra columns of the dataset</h3><p>${extras.map(cell).join(', ')}</p>`) +
      (joined === '' ? '' : `<h3>Joins</h3>${joined}`)
  }
}

function quarantineSection({ quarantine }: Report): Section | null {
  if (quarantine.reasons.length === 0) return null
  const bars = quarantine.reasons.map(({ reason, count, severity }) => ({ name: reason, count, kind: severity === 'error' ? 'error' : 'info' }))
  return {
    id: 'quarantine',
    heading: 'Quarantine',
    short: 'Quarantine',
    body:
      `<p>${formatNumber(quarantine.rows, 'row')} and ${formatNumber(quarantine.cells, 'cell')} ${quarantine.rows + quarantine.cells === 1 ? 'is' : 'are'} set aside, each with its raw value in the quarantine file. Values are masked here; the cell says where to look.</p>` +
      `<div class="legend"><span><i class="error"></i>broke a rule</span><span><i class="info"></i>set aside</span></div>${figure(barsPlot('reasons', 'Quarantine by reason', bars))}` +
      quarantine.reasons
        .map(
          ({ reason, level, severity, count, examples }, index) =>
            `<details${index < 3 ? ' open' : ''}><summary><b>${code(reason)}</b>${chip(severity)}<span>${formatNumber(count, level === 'cell' ? 'cell' : 'row')}${examples.length < count ? `, the first ${examples.length} shown` : ''}</span></summary>` +
            `${htmlTable(
              `Examples of ${reason}`,
              [{ heading: 'Sheet' }, { heading: level === 'cell' ? 'Cell' : 'Row' }, ...(level === 'cell' ? [{ heading: 'Header' }] : []), { heading: 'Value, masked' }, { heading: 'Why' }],
              examples.map(({ file, sheet, cell: at, header, value, detail }) => [place(file, sheet), cell(at), ...(level === 'cell' ? [cell(header)] : []), cell(value), cell(detail)])
            )}</details>`
        )
        .join('')
  }
}

function conflictsSection({ conflicts }: Report): Section | null {
  if (conflicts.total === 0) return null
  return {
    id: 'conflicts',
    heading: 'Conflicts',
    short: 'Conflicts',
    body:
      `<p>${formatNumber(conflicts.total, 'value')} lost against another value of the same field. All are in the conflicts file.</p><div class="pair"><div>${figure(barsPlot('conflict-fields', 'Conflicts by field', conflicts.by_field.map(({ name, count }) => ({ name, count, kind: 'count' }))))}</div><div>${figure(barsPlot('conflict-rules', 'Conflicts by rule', conflicts.by_rule.map(({ name, count }) => ({ name, count, kind: 'merged' }))))}</div></div>` +
      htmlTable(
        'Examples of conflicts',
        [{ heading: 'Entity' }, { heading: 'Field' }, { heading: 'Kept' }, { heading: 'Lost' }, { heading: 'Rule' }, { heading: 'From' }, { heading: 'Row', number: true }],
        conflicts.examples.map(({ entity, field, kept, lost, rule, file, sheet, row }) => [cell(entity), code(field), cell(kept), cell(lost), code(rule), place(file, sheet), String(row)])
      )
  }
}

function personalSection({ personal }: Report): Section | null {
  if (personal.length === 0) return null
  return {
    id: 'personal',
    heading: 'Personal data',
    short: 'Personal data',
    body: `<p>Columns that hold personal data, why that is believed, and how sure it is. Their values are masked in every report, log and error.</p>${htmlTable(
      'Columns with personal data',
      [{ heading: 'Column' }, { heading: 'Type' }, { heading: 'Why' }, { heading: 'Masked' }, { heading: 'Kind' }, { heading: 'Cells', number: true }, { heading: 'Share', number: true }, { heading: 'Confidence', number: true }],
      personal.flatMap(({ column, type, basis, masked, kinds }) => (kinds.length === 0 ? [undefined] : kinds).map(found => [
        code(column), cell(type ?? ''), cell(BASIS[basis]), masked ? 'yes' : 'where it stands', cell(found?.kind ?? ''), found === undefined ? '' : formatCount(found.cells), found === undefined ? '' : formatShare(found.share), found === undefined ? '' : String(found.confidence)
      ]))
    )}`
  }
}

function lossSection({ loss }: Report): Section | null {
  if (loss.length === 0) return null
  return {
    id: 'loss',
    heading: 'Cells that could not be read faithfully',
    short: 'Reading losses',
    body: `<p>What the files hold that a plain reading would hide: errors, formulas without a value, merged and hidden cells, numbers kept as text.</p>${htmlTable(
      'Reading losses by sheet and column',
      [{ heading: 'What' }, { heading: 'Sheet' }, { heading: 'Column' }, { heading: 'Cells', number: true }, { heading: 'First cells' }, { heading: 'Note' }],
      loss.map(({ code: what, file, sheet, column, count, cells, note }) => [code(what), place(file, sheet), cell(column), formatCount(count), cell(cells.join(' ')), cell(note)])
    )}`
  }
}

function changesSection({ changed, unknown }: Report): Section | null {
  if (changed.length === 0 && unknown.length === 0) return null
  const lists = htmlTable(
    'Values that no lookup knows',
    [{ heading: 'Field' }, { heading: 'Value' }, { heading: 'Cells', number: true }],
    unknown.flatMap(({ field, values }) => values.map(({ name, count }) => [code(field), cell(name), formatCount(count)]))
  )
  return {
    id: 'changes',
    heading: 'What was changed',
    short: 'Changes',
    body:
      `<p>Cells that a rule of normalisation changed, by field.</p>${htmlTable(
        'Changed cells by field and rule',
        [{ heading: 'Field' }, { heading: 'Rule' }, { heading: 'Cells', number: true }],
        changed.map(({ field, rule, count }) => [code(field), code(rule), formatCount(count)])
      )}` + (lists === '' ? '' : `<h3>Categories that no lookup knows</h3><p>They are kept as they are.</p>${lists}`)
  }
}

/** All sections that have content, in the order of the page. */
export function sectionsOf(report: Report): readonly Section[] {
  const all = [reconciliationSection(report), qualitySection(report), fillSection(report), mappingSection(report), quarantineSection(report), conflictsSection(report), personalSection(report), lossSection(report), changesSection(report)]
  return all.filter(section => section !== null)
}
