import { shortName } from '../../protocol/text/visibleText.ts';
import { defineTexts } from '../ui/texts.ts';
import type { Inspector } from './inspector.ts';
import { linkOf, readInspectorLink } from './list/listLink.ts';
import { sessionListOf } from './list/sessionList.ts';
import { titleOf } from './words.ts';

const texts = defineTexts({
  title: (host: string) => `Inspector · ${host}`,
});

/** The address of the inspector alone with what is shown now. */
export function inspectorAddress(inspector: Inspector): string {
  const { watched, opening } = inspector.store.getState();
  const { query } = sessionListOf(inspector).store.getState();
  return `/inspector${linkOf({ query, session: watched?.id ?? opening?.id })}`;
}

/**
 * Shows what the fragment of the address asks for, now and when it changes; the fragment and the title of the
 * page follow what a person chooses.
 * @returns Ends that.
 */
export function followInspectorLink(inspector: Inspector, host: string): () => void {
  const list = sessionListOf(inspector);
  const open = () => {
    const { query, session } = readInspectorLink(window.location.hash);
    list.search({ text: query.find ?? '', where: 'names' });
    list.show(query);
    inspector.watch(session);
  };
  const say = () => {
    const { watched } = inspector.store.getState();
    const title = texts.title(host);
    document.title = watched ? `${shortName(titleOf(watched.summary))} · ${title}` : title;
    const address = inspectorAddress(inspector);
    if (address !== window.location.pathname + window.location.hash) {
      window.history.replaceState(null, '', address);
    }
  };
  open();
  say();
  window.addEventListener('hashchange', open);
  const ends = [list.store.subscribe(say), inspector.store.subscribe(say)];
  return () => {
    window.removeEventListener('hashchange', open);
    for (const end of ends) end();
  };
}
