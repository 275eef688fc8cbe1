/**
 * The only script of the HTML report: it filters long tables. Without it everything is there all the same.
 * The page's policy allows this text alone, by its hash; a test says when the hash is stale.
 */
export const SCRIPT =
  "for(const label of document.querySelectorAll('.filter')){label.hidden=false;const input=label.querySelector('input');const rows=label.parentNode.querySelectorAll('tbody tr');" +
  "input.addEventListener('input',()=>{const words=input.value.toLowerCase().split(/\\s+/);for(const row of rows){const text=row.textContent.toLowerCase();row.hidden=!words.every(word=>text.includes(word))}})}"

/** Base64 of the script's SHA-256. */
export const SCRIPT_HASH = 'y+31y0Ofo7OkfSGiJ9KEbP2GmwB1z7X8quRf+o+R/6w='
