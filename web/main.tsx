import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startPage } from './app/startPage.ts';
import { FaultBoundary } from './ui/late.tsx';
import './ui/theme.css';

const { parts, actions, linksFollowed } = startPage();
const root = document.getElementById('root');
if (root) {
  const page = createRoot(root);
  const show = () =>
    page.render(
      <StrictMode>
        <FaultBoundary>
          <App parts={parts} actions={actions} />
        </FaultBoundary>
      </StrictMode>,
    );
  // What a link asks for is there at first sight; if it cannot be loaded, the page shows without it.
  void linksFollowed.then(show, show);
}
