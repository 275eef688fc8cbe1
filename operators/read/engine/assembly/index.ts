/** What the reader's engine offers to JavaScript. Every number is a whole one; places are bytes of its memory. */
export { addSpilled, clear, codes, dropRow, endRow, filled, look, nuls, replacements, row, rowsAlike, rowsHeld, shown, shownNumbers, spill, textsOf, touched, widestRow, widthsHeld } from './block'
export { giveBack, take } from './memory'
export { full, lineFeeds, pairs, readRecords, returns, setDialect, setWindow, windowFor } from './records'
export { apostrophes, bytesOf, drain, expectTexts, longestOf, sizeOf, startDraining } from './texts'
export { traits } from './traits'
export { cells as sampleCells, clean as sampleClean, fieldKinds, fields, readSample, records as sampleRecords, setSample } from './sample'
