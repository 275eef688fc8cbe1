/** Rules of the linkage page besides those of every report. */
export const LINKAGE_STYLE = `
.plot .agree{fill:var(--used)}.plot .differ{fill:var(--quarantined)}.plot .on{fill:#fff;font-weight:600}
@media (prefers-color-scheme:dark){.plot .on{fill:#0d1319}}
.plot .expected{fill:var(--after)}.plot .others{fill:var(--before)}.plot .zone{fill:var(--middle);opacity:.16}.plot .limit{stroke:var(--ink);stroke-width:1.4;stroke-dasharray:5 4}
.plot .m{fill:var(--after)}.plot .u{fill:var(--before)}
.plot .node{fill:var(--card);stroke:var(--accent);stroke-width:2}.plot .link{stroke:var(--used);stroke-width:2.2}.plot .link.must-link{stroke:var(--accent);stroke-width:3.4}.plot .link.bridge{stroke:var(--quarantined);stroke-width:2.6}.plot .link.doubt{stroke:var(--quiet);stroke-width:1.4;stroke-dasharray:4 4}.plot .link.cannot-link{stroke:var(--quarantined);stroke-width:1.8;stroke-dasharray:2 4}
.legend .expected{background:var(--after)}.legend .others{background:var(--before)}.legend .zone{background:var(--middle);opacity:.5}.legend .agree{background:var(--used)}.legend .differ{background:var(--quarantined)}.legend .must-link{background:var(--accent)}.legend .doubt{background:var(--quiet)}
.bits{display:grid;grid-template-columns:minmax(0,1fr);gap:.4rem}
.compare{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr 1.5rem 1fr;gap:.15rem .9rem;font-size:.93rem;margin:.5rem 0 .9rem;background:var(--soft);border-radius:.6rem;padding:.7rem 1rem}
.compare>*{overflow-wrap:anywhere}.compare .name{color:var(--quiet)}.compare .head{font-weight:650}.compare .same{color:var(--used);text-align:center}.compare .other{color:var(--quarantined);text-align:center}
summary .plus{color:var(--used);font-style:normal;font-variant-numeric:tabular-nums}summary .minus{color:var(--quarantined);font-style:normal;font-variant-numeric:tabular-nums}
summary .share{min-width:3.6rem;font-variant-numeric:tabular-nums;font-weight:650;color:var(--ink)}
.verdict{margin:.2rem 0 .6rem;font-size:.95rem}
.sides{display:grid;grid-template-columns:minmax(220px,300px) 1fr;gap:1.4rem;align-items:start}
.sides .figure{margin:.4rem 0 0}
.why{margin:.2rem 0 .6rem;padding-left:1.1rem}.why li{margin:.15rem 0}
@media (max-width:760px){.sides{grid-template-columns:1fr}.compare{grid-template-columns:1fr 1fr}.compare .name{grid-column:1/-1;margin-top:.3rem}.compare .same,.compare .other{display:none}}
`

/** Rules of a waterfall that stands in a file of its own. */
export const STANDALONE_STYLE =
  'text{font:13px system-ui,sans-serif;fill:#1b2430}.quiet{fill:#5a6778;font-size:12px}.strong{font-weight:650}.on{fill:#fff;font-weight:600}.axis{stroke:#5a6778}.grid{stroke:#dfe4ec}.agree{fill:#2c7a63}.differ{fill:#c8671b}.source{fill:#76859a}.quiet-bar{fill:#a9b5c5}.after{fill:#366092}'
