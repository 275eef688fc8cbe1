/** The frame of every page that Hotpass writes: one file that loads nothing from anywhere. */
import { escapeHtml } from '../format.ts'
import { STYLE } from './style.ts'

export interface Link {
  readonly href: string
  readonly text: string
}

export interface PageFrame {
  readonly title: string
  /** HTML below the title. */
  readonly lead: string
  /** What the links lead to: "Sections" or "Pages". */
  readonly navigation: string
  readonly links: readonly Link[]
  /** The link, if any, that leads to this page. */
  readonly current?: string
  /** HTML. */
  readonly body: string
  readonly footer: string
  /** Rules besides those of every page. */
  readonly style?: string
  /** The only script that may run, and its SHA-256 in base64. Left out: none may. */
  readonly script?: { readonly text: string; readonly hash: string }
}

export const FOOTER = 'Written by Hotpass. Values of persons are masked. This page loads nothing from anywhere.'

/** The page as text. Texts are escaped; whatever a value of the data looks like, no address is loaded and no other script runs. */
export function framedPage({ title, lead, navigation, links, current, body, footer, style = '', script }: PageFrame): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; ${script === undefined ? '' : `script-src 'sha256-${script.hash}'; `}base-uri 'none'; form-action 'none'`
  const items = links.map(({ href, text }) => `<li><a href="${escapeHtml(href)}"${href === current ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a></li>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Hotpass">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top"><div class="wrap"><h1>${escapeHtml(title)}</h1>${lead}</div></header>
<nav aria-label="${navigation}"><div class="wrap"><ul>${items.join('')}</ul></div></nav>
<main id="main"><div class="wrap">
${body}
</div></main>
<footer><div class="wrap">${escapeHtml(footer)}</div></footer>
${script === undefined ? '' : `<script>${script.text}</script>\n`}</body>
</html>
`
}
