import { StrictMode, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startPage } from './app/startPage.ts';
import { FaultBoundary, lateView } from './ui/late.tsx';
import './ui/theme.css';

/** The inspector without the rest of the console. */
const InspectorPage = lateView(async () => (await import('./app/InspectorPage.tsx')).InspectorPage);

function show(page: Root, view: ReactNode): void {
  page.render(
    <StrictMode>
      <FaultBoundary>{view}</FaultBoundary>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root && window.location.pathname === '/inspector') {
  show(createRoot(root), <InspectorPage />);
} else {
  const { parts, actions, linksFollowed } = startPage();
  const page = root && createRoot(root);
  const showApp = () => page && show(page, <App parts={parts} actions={actions} />);
  // What a link asks for is there at first sight; if it cannot be loaded, the page shows without it.
  void linksFollowed.then(showApp, showApp);
}
