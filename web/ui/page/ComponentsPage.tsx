import { Controls } from './Controls.tsx';
import { Surfaces } from './Surfaces.tsx';
import { texts } from './texts.ts';
import { Tokens } from './Tokens.tsx';
import './ComponentsPage.css';

/** All components in all states; `?theme=dark` and `?locale=pseudo` show them so. */
export function ComponentsPage() {
  return (
    <main className="components">
      <h1>{texts.title}</h1>
      <p>{texts.intro}</p>
      <Tokens />
      <Controls />
      <Surfaces />
    </main>
  );
}
