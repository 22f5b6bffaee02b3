import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createActions } from './app/actions.ts';
import { App } from './app/App.tsx';
import { offerAutomation } from './app/automation.ts';
import { createConsole } from './app/createConsole.ts';
import { followLinks } from './app/followLinks.ts';
import { FaultBoundary } from './ui/late.tsx';
import './ui/theme.css';

const parts = createConsole();
offerAutomation(parts.tabs);
const root = document.getElementById('root');
if (root) {
  const page = createRoot(root);
  const show = () =>
    page.render(
      <StrictMode>
        <FaultBoundary>
          <App console={parts} actions={createActions(parts)} />
        </FaultBoundary>
      </StrictMode>,
    );
  // What a link asks for is there at first sight; where that cannot be had, the page is all the same.
  void followLinks(parts).then(show, show);
}
