/** The style sheet of the HTML report: light and dark, narrow and wide, screen and paper. */
export const STYLE = `
:root{color-scheme:light dark;--page:#f4f6f9;--card:#fff;--ink:#1b2430;--quiet:#5a6778;--line:#dfe4ec;--soft:#eef2f7;--accent:#366092;--accent-soft:#e5edf7;--used:#2c7a63;--merged:#3273b8;--quarantined:#c8671b;--before:#a9b5c5;--after:#366092;--track:#edf1f6;--low:#d9896a;--middle:#dfb656;--high:#4f9d7a;--source:#76859a}
@media (prefers-color-scheme:dark){:root{--page:#10151c;--card:#18202a;--ink:#e4e9f0;--quiet:#9aa7b8;--line:#2c3746;--soft:#1f2935;--accent:#8ab4e6;--accent-soft:#21324a;--used:#58b597;--merged:#6ea8e4;--quarantined:#e8924c;--before:#5b6a7d;--after:#7fb0ea;--track:#222d3a;--low:#d98a6c;--middle:#d8b45c;--high:#62b590;--source:#8494a9}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:4rem}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
.wrap{max-width:1180px;margin:0 auto;padding:0 1.25rem}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:9}
header.top{padding:2.4rem 0 1.2rem}
header.top h1{font-size:1.9rem;line-height:1.2;margin:0 0 .35rem;letter-spacing:-.015em;overflow-wrap:anywhere}
header.top p{margin:0;color:var(--quiet);max-width:62rem}
.lead{font-size:1.05rem}
.run{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--quiet);margin-top:.6rem!important;overflow-wrap:anywhere}
nav{position:sticky;top:0;z-index:5;background:var(--page);border-bottom:1px solid var(--line)}
nav ul{display:flex;gap:.25rem;list-style:none;margin:0;padding:.45rem 0;overflow-x:auto;scrollbar-width:thin}
nav a{display:block;padding:.3rem .7rem;border-radius:1rem;color:var(--quiet);text-decoration:none;white-space:nowrap;font-size:.9rem}
nav a:hover,nav a:focus-visible{background:var(--accent-soft);color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
main{padding:1.2rem 0 3rem}
.tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:.8rem;margin:0 0 1.2rem;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.85rem 1rem .8rem;border-top:3px solid var(--source)}
.tiles b{display:block;font-size:1.65rem;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.02em}
.tiles span{color:var(--quiet);font-size:.86rem;display:block}
.tiles .used{border-top-color:var(--used)}.tiles .merged{border-top-color:var(--merged)}.tiles .quarantined{border-top-color:var(--quarantined)}.tiles .data{border-top-color:var(--accent)}.tiles .score{border-top-color:var(--high)}
section{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:1.3rem 1.4rem 1.4rem;margin:0 0 1.2rem}
h2{font-size:1.25rem;margin:0 0 .2rem;letter-spacing:-.01em}
h3{font-size:1rem;margin:1.6rem 0 .5rem}
section>p{margin:.1rem 0 1rem;color:var(--quiet);max-width:60rem}
.sum{display:flex;flex-wrap:wrap;gap:.3rem .65rem;align-items:baseline;font-size:1.15rem;font-variant-numeric:tabular-nums;background:var(--soft);border-radius:.6rem;padding:.7rem 1rem;margin:.2rem 0 1.2rem}
.sum b{font-weight:650}.sum i{font-style:normal;color:var(--quiet)}.sum .used{color:var(--used)}.sum .merged{color:var(--merged)}.sum .quarantined{color:var(--quarantined)}
.mark{margin-left:auto;font-size:.9rem;color:var(--quiet)}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.6rem}
.figure{overflow-x:auto;margin:0 0 1rem}
.plot{display:block;max-width:100%;height:auto;font-size:13px}
.figure.wide .plot{min-width:720px;width:100%}
.plot text{fill:var(--ink)}.plot .quiet{fill:var(--quiet);font-size:12px}.plot .strong{font-weight:650;font-size:14px}.plot .figures{font-variant-numeric:tabular-nums;font-size:12.5px}
.plot .halo{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-opacity:.75}
.plot .band{opacity:.34}.plot .used{fill:var(--used)}.plot .merged{fill:var(--merged)}.plot .quarantined{fill:var(--quarantined)}.plot .source{fill:var(--source)}
.plot .track{fill:var(--track)}.plot .before{fill:var(--before)}.plot .after{fill:var(--after)}.plot .low{fill:var(--low)}.plot .middle{fill:var(--middle)}.plot .high{fill:var(--high)}
.plot .error{fill:var(--quarantined)}.plot .info{fill:var(--source)}.plot .quiet-bar{fill:var(--before)}.plot .count{fill:var(--merged)}
.plot .grid{stroke:var(--line)}.plot .axis{stroke:var(--quiet);stroke-opacity:.6}.plot .mean{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;color:var(--quiet);font-size:.88rem;margin:0 0 .6rem}
.legend i{display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.4rem;vertical-align:-.05rem}
.legend .before{background:var(--before)}.legend .after{background:var(--after)}.legend .error{background:var(--quarantined)}.legend .info{background:var(--source)}
.table{margin:.6rem 0 0}
.scroll{overflow:auto;max-height:34rem;border:1px solid var(--line);border-radius:.55rem}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.9rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:.42rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
tbody tr:last-child td{border-bottom:0}tfoot td{border-top:1px solid var(--line);border-bottom:0;font-weight:650;background:var(--soft);position:sticky;bottom:0}
th{position:sticky;top:0;background:var(--soft);font-weight:600;color:var(--quiet);white-space:nowrap;font-size:.84rem}
tbody tr:hover td{background:var(--soft)}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code{font:.86em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--soft);border-radius:.25rem;padding:.08rem .32rem;overflow-wrap:anywhere}
tbody tr:hover code{background:var(--line)}
.none{color:var(--quiet)}
.chip{display:inline-block;border-radius:1rem;padding:.05rem .6rem;font-size:.82rem;background:var(--soft);color:var(--quiet);white-space:nowrap}
.chip.entity,.chip.used{background:var(--accent-soft);color:var(--accent)}.chip.error{color:var(--quarantined);border:1px solid currentColor;background:none}
.filter{display:block;margin:0 0 .5rem;font-size:.88rem;color:var(--quiet)}.filter[hidden]{display:none}
.filter input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.25rem .6rem;min-width:16rem}
details{border:1px solid var(--line);border-radius:.6rem;margin:.7rem 0 0;padding:0 .9rem}
details[open]{padding-bottom:.9rem}
summary{cursor:pointer;padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline}
summary::before{content:"▸";color:var(--quiet)}details[open]>summary::before{content:"▾"}
summary::-webkit-details-marker{display:none}
summary b{overflow-wrap:anywhere}summary span{color:var(--quiet);font-size:.9rem}
details>p{margin:.1rem 0 .4rem;color:var(--quiet);font-size:.92rem}
.meter{display:inline-flex;align-items:center;gap:.5rem;font-variant-numeric:tabular-nums}
.more{color:var(--quiet);font-size:.88rem;margin:.4rem 0 0}
footer{color:var(--quiet);font-size:.88rem;padding:0 0 3rem}
@media (max-width:900px){.tiles{grid-template-columns:repeat(3,1fr)}.pair{grid-template-columns:1fr}}
@media (max-width:640px){td{min-width:7rem}td.number{min-width:0}.wrap{padding:0 .8rem}header.top h1{font-size:1.5rem}.filter input{min-width:0;width:100%}}
@media (max-width:520px){.tiles{grid-template-columns:repeat(2,1fr)}section{padding:1rem}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{details::details-content{content-visibility:visible;display:block;height:auto}summary::before{content:none}:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--quiet:#444;--line:#ccc;--soft:#f3f3f3;--accent:#1f4570;--accent-soft:#eee;--track:#eee}body{font-size:10.5pt}nav,.filter,.skip{display:none!important}.wrap{max-width:none;padding:0}header.top{padding:0 0 .6rem}section{border:0;border-top:1.5pt solid #999;border-radius:0;padding:.8rem 0;break-inside:auto}h2,h3,summary{break-after:avoid}.tiles{grid-template-columns:repeat(6,1fr)}.tiles li,.sum,.figure,tr{break-inside:avoid}.scroll{max-height:none;overflow:visible}th,tfoot td{position:static}thead{display:table-header-group}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
