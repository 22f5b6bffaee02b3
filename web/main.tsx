import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createActions } from './app/actions.ts';
import { App } from './app/App.tsx';
import { offerAutomation } from './app/automation.ts';
import { createConsole } from './app/createConsole.ts';
import { followLinks } from './app/followLinks.ts';
import './ui/theme.css';

const parts = createConsole();
offerAutomation(parts.tabs);
const [opened] = performance.getEntriesByType('navigation');
followLinks(parts, {
  isReload: opened instanceof PerformanceNavigationTiming && opened.type !== 'navigate',
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App console={parts} actions={createActions(parts)} />
    </StrictMode>,
  );
}
