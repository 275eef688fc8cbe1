/**
 * Stands in the built files for what the protocol's packages load of a schema compiler. Hotpass gives the server a
 * validator of its own, so theirs is never asked; to load it takes a tenth of the time until the first answer.
 */
export { default as process } from 'node:process'

export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new TypeError('a schema was handed to the validator of the protocol\'s packages, which is not part of this build')
  }
}
