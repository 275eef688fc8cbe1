/** A call that goes on once the client's user has answered the question that is its message. */
export class UserAsked extends Error {
  constructor(question: string) {
    super(question)
    this.name = 'UserAsked'
  }
}
