/** What is asked of the code blocks of a page. */
import type { Test } from 'tap'
import { runPage } from '../cli/quality/code-blocks.ts'

/** Run with every `npm test`; the other pages with the heavy tests. */
export const FIRST_PAGES = ['README.md', 'docs/tutorial/first-dataset.md']

/** Every block of the page ends as the page says. Returns how many there were. */
export async function assertBlocks(t: Test, root: string, page: string, bin: string): Promise<number> {
  const blocks = await runPage(root, page, bin)
  for (const block of blocks) t.equal(block.status, block.exit, `${page}: ${block.script.trim().split('\n')[0]}`, { stderr: block.stderr })
  return blocks.length
}
