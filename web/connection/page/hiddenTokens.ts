import { maskToken } from '../../../protocol/token.ts';
import { mayHavePlace, Secrets, splitTokens, type Piece } from './tokenPlaces.ts';
import { hiddenVariable } from './variableName.ts';
import type { Variables } from './variables.ts';

/** Most tokens that can be put back; the ones hidden longest ago go first. */
const maxMarkers = 20_000;
const markerStart = '{{token ··';
const marker = /\{\{token ··[^{}]*\}\}/g;

/**
 * Takes tokens out of what is stored, linked or exported, and puts them back. In the place of a
 * token stands its own variable, `{{token ··1234 5f3a9c}}`: it shows that there was a token, and
 * asks for one when it is sent. `{{tkn}}` would, after a while, be the token of another session.
 * The names mean something as long as the page lives; nothing of a token follows from them but
 * its end, which the screen shows anyway.
 */
export class HiddenTokens {
  readonly #newId: () => string;
  readonly #secrets = new Secrets();
  /** By what stood there, as it was written. */
  readonly #markers = new Map<string, string>();
  readonly #written = new Map<string, string>();

  /** @param newId Gives some random characters, others each time. */
  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** Takes the tokens that variables hold: they are hidden wherever they stand. */
  learn(variables: Variables): void {
    this.#secrets.addVariables(variables);
  }

  /** The text without tokens: those in a token's place, and known ones anywhere. */
  hide(text: string): string {
    if (mayHavePlace(text)) this.#secrets.addMessage(text);
    else if (!text.includes(markerStart) && !this.#secrets.mayBeIn(text)) return text;
    const taken = new Set(text.match(marker));
    return splitTokens(text, this.#secrets)
      .map((piece) => this.#hidden(piece, taken))
      .join('');
  }

  /** The text as it was before {@link hide}; what another page has hidden stays hidden. */
  restore(text: string): string {
    return text.replace(marker, (found) => this.#written.get(found) ?? found);
  }

  /** Whether there is something to hide in a text. */
  holdsToken(text: string): boolean {
    return this.hide(text) !== text;
  }

  #hidden(piece: Piece, taken: ReadonlySet<string>): string {
    if (typeof piece !== 'string') return this.#markerOf(piece.raw, piece.token, taken);
    return piece.replace(marker, (found) => this.#ofText(found, taken));
  }

  /** A variable of ours that is in the text already must come back as it is, too. */
  #ofText(found: string, taken: ReadonlySet<string>): string {
    const written = this.#written.get(found);
    // Of an earlier page: from now on it is taken, and stands for itself.
    if (written !== undefined && written !== found) return this.#markerOf(found, '', taken);
    this.#remember(found, found);
    return found;
  }

  #markerOf(written: string, token: string, taken: ReadonlySet<string>): string {
    const known = this.#markers.get(written);
    if (known !== undefined) {
      this.#remember(known, written);
      return known;
    }
    let made = '';
    do made = `{{${hiddenVariable(maskOf(token), this.#newId())}}}`;
    while (this.#written.has(made) || taken.has(made));
    this.#markers.set(written, made);
    this.#remember(made, written);
    return made;
  }

  #remember(made: string, written: string): void {
    this.#written.delete(made);
    this.#written.set(made, written);
    const [oldest] = this.#written;
    if (this.#written.size <= maxMarkers || !oldest) return;
    this.#written.delete(oldest[0]);
    this.#markers.delete(oldest[1]);
  }
}

/** The end of a token that a server made; any other could break the braces. */
function maskOf(token: string): string {
  return maskToken(/^\d+$/.test(token) ? token : '');
}

/**
 * What hides tokens in all that this page stores or links. One for the page, so that a token has
 * one name everywhere.
 */
export const pageTokens = new HiddenTokens(() => crypto.randomUUID().slice(0, 6));
