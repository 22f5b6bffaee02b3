import type { Token } from '../../protocol/token.ts';

type Take = (token: Token | undefined) => void;

/** Who waits for which session's token. */
export class TokenQuestions {
  #open: { readonly id: string; readonly take: Take }[] = [];

  /** @returns The answer; undefined when the session is gone or no answer will come. */
  ask(id: string): Promise<Token | undefined> {
    return new Promise((resolve) => {
      this.#open.push({ id, take: resolve });
    });
  }

  /** One answer is for all that ask about this session. */
  answer(id: string, token: Token | undefined): void {
    const answered = this.#open.filter((question) => question.id === id);
    this.#open = this.#open.filter((question) => question.id !== id);
    for (const { take } of answered) take(token);
  }

  giveUp(): void {
    for (const { take } of this.#open.splice(0)) take(undefined);
  }
}
