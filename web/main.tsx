import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { offerActions } from './app/actions.ts';
import { App } from './app/App.tsx';
import { offerAutomation } from './app/automation.ts';
import { createParts } from './app/createParts.ts';
import { followPageLinks } from './app/followPageLinks.ts';
import { FaultBoundary } from './ui/late.tsx';
import './ui/theme.css';

const parts = createParts();
offerAutomation(parts.tabs);
const actions = offerActions(parts);
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
  void followPageLinks(parts).then(show, show);
}
