import { flushSync } from 'react-dom';
import { useLate } from '../ui/late.tsx';
import { texts } from '../tutorial/texts.ts';
import type { AppParts } from './createParts.ts';
import { learnPanel } from './panelList.ts';

/** The lesson's step above the composer, while its panel is closed. */
export function LessonBar({ parts }: { readonly parts: AppParts }) {
  const loaded = useLate(parts.loadTutorial);
  if (loaded.state !== 'ready') return null;
  const { tutorial, Bar } = loaded.value;
  const open = () => {
    // The bar is gone, and the focus with it: it belongs to the lesson now.
    flushSync(() => parts.shell.show(learnPanel));
    parts.registry.actions.list()['tutorial.goToLesson']?.run();
  };
  return (
    <Bar
      tutorial={tutorial}
      onOpen={open}
      onClosed={() => parts.shell.notify(texts.barClosed, () => tutorial.setBarClosed(false))}
    />
  );
}
