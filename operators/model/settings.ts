/** Finds what the profile says of a file and of a sheet. */
import type { Sheet, Source } from '../../schemas/generated/profile.ts'
import { matchesGlob } from '../../kernel/glob.ts'

/** The first source whose glob matches the file, or undefined. */
export function sourceSettings(sources: readonly Source[], file: string): Source | undefined {
  return sources.find(source => matchesGlob(source.match, file))
}

/** The first sheet settings of the file's source that match the sheet, or undefined. */
export function sheetSettings(sources: readonly Source[], file: string, sheet: string): Sheet | undefined {
  // A sheet's name is no path: a slash in it is a letter like any other.
  const name = sheet.replaceAll('/', '∕')
  return sourceSettings(sources, file)?.sheets?.find(each => each.match === sheet || matchesGlob(each.match.replaceAll('/', '∕'), name))
}

/** A file's name without its folders and its ending. */
export function fileStem(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
