/** A Data Docs page: it runs no script. */
import { FOOTER, framedPage, type Link } from '../../operators/report/html/frame.ts'

const OWN = `
main a{color:var(--accent)}
.columns{display:grid;grid-template-columns:repeat(auto-fill,minmax(310px,1fr));gap:1rem}
.column{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:1rem 1.1rem;display:flex;flex-direction:column;gap:.55rem;min-width:0}
.column h3{margin:0;font:600 .98rem/1.3 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.column p{margin:0;color:var(--quiet);font-size:.88rem}
.column .chips{display:flex;flex-wrap:wrap;gap:.3rem}
.column dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem;margin:0;font-size:.88rem}
.column dt{color:var(--quiet)}.column dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.column h4{margin:.3rem 0 0;font-size:.78rem;font-weight:600;color:var(--quiet);text-transform:uppercase;letter-spacing:.04em}
.fill{display:flex;align-items:center;gap:.6rem;font-variant-numeric:tabular-nums;font-size:.88rem}.fill .track{flex:1;height:.55rem;border-radius:.3rem;background:var(--track);overflow:hidden}.fill i{display:block;height:100%;background:var(--used)}
.chip.failed{background:none;color:var(--quarantined);border:1px solid currentColor}.chip.passed{background:var(--accent-soft);color:var(--used)}.chip.personal{background:none;border:1px solid var(--merged);color:var(--merged)}
.verdict{font-weight:650}.verdict.failed{color:var(--quarantined)}.verdict.passed{color:var(--used)}
.tiles.four{grid-template-columns:repeat(4,1fr)}.tiles .failed{border-top-color:var(--quarantined)}
.examples{font-size:.85rem;color:var(--quiet);margin:.25rem 0 0;padding-left:1rem}.examples li{margin:.05rem 0}
.column .plot{width:100%}.plot .soft{fill:var(--used);fill-opacity:.26}
.glance .fill{min-width:9rem}.glance td:first-child,.kept td:nth-child(-n+3){white-space:nowrap;overflow-wrap:normal}
.broken{border-top:3px solid var(--quarantined)}.promises{list-style:none;margin:.8rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:.8rem}
.promise{border:1px solid var(--line);border-left:4px solid var(--quarantined);border-radius:.55rem;padding:.8rem 1rem;min-width:0}.promise.warning{border-left-color:var(--merged)}
.promise h3{margin:0 0 .35rem;font-size:1rem;display:flex;flex-wrap:wrap;align-items:center;gap:.4rem}.promise h3 .chip{margin-left:auto}.promise p{margin:0 0 .35rem}.promise .fill i{background:var(--quarantined)}
.promise .seen{font-weight:600}.promise .examples{list-style:disc}.column .seen{color:var(--quarantined)}
nav a[aria-current]{background:var(--accent-soft);color:var(--accent)}
@media (max-width:640px){.kept thead{display:none}.kept tr{display:grid;grid-template-columns:auto auto 1fr;border-bottom:1px solid var(--line);padding:.3rem 0}.kept td{border:0;min-width:0;padding:.15rem .6rem}.kept td:nth-child(4){grid-column:1/-1}.kept td:last-child{display:none}}
@media (max-width:900px){.tiles.four{grid-template-columns:repeat(2,1fr)}}
`

/** A whole page. `lead` and `body` are HTML; `title` is text. */
export function docsPage(title: string, lead: string, links: readonly Link[], current: string, body: string): string {
  return framedPage({ title, lead, navigation: 'Pages', links, current, body, footer: FOOTER, style: OWN })
}
